package journey_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/testkit"
)

// upload sends real photographs the presigned way and waits until each is ready.
func upload(t *testing.T, host account, n int) []contract.PhotoInput {
	t.Helper()
	files, err := filepath.Glob("../seed/data/photos/*.jpg")
	if err != nil || len(files) < n {
		t.Fatalf("%d photographs, %v", len(files), err)
	}
	photos := make([]contract.PhotoInput, n)
	for i := range n {
		photos[i] = contract.PhotoInput{UploadId: put(t, host, files[i]), Caption: new(fmt.Sprintf("View %d", i+1)), AltText: new("A room of the flat")}
	}
	for _, photo := range photos {
		awaitReady(t, host, photo.UploadId)
	}
	return photos
}

func put(t *testing.T, host account, file string) uuid.UUID {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	created, err := host.CreateUploadWithResponse(t.Context(), nil, contract.CreateUploadRequest{ContentType: contract.ImageTypeImagejpeg, SizeBytes: int64(len(content))})
	expect(t, created, err, 201)
	to := created.JSON201.Data
	for i, want := range []int{http.StatusOK, http.StatusPreconditionFailed} { // the URL takes one file
		req, err := http.NewRequestWithContext(t.Context(), string(to.Method), to.UploadUrl, bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range to.Headers {
			req.Header.Set(name, value)
		}
		sent, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = sent.Body.Close()
		if sent.StatusCode != want {
			t.Errorf("PUT number %d of %s answered %s, want %d", i+1, file, sent.Status, want)
		}
	}
	completed, err := host.CompleteUploadWithResponse(t.Context(), to.Upload.Id)
	expect(t, completed, err, 200)
	return to.Upload.Id
}

func awaitReady(t *testing.T, host account, id uuid.UUID) {
	t.Helper()
	var got contract.Upload
	testkit.Eventually(t, 40*time.Second, func() error {
		u, err := host.GetUploadWithResponse(t.Context(), id)
		expect(t, u, err, 200)
		if got = u.JSON200.Data; got.Status == contract.UploadStatusReady {
			return nil
		}
		return fmt.Errorf("the upload is %s (%+v)", got.Status, got.Failure)
	})
	if got.Width == nil || got.Height == nil || got.Blurhash == nil || len(got.Variants) == 0 {
		t.Fatalf("a ready upload is not complete: %+v", got)
	}
	answer, err := http.Get(got.Variants[0].Url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || kind != "image/"+string(got.Variants[0].Format) {
		t.Errorf("%s answers %s as %s", got.Variants[0].Url, answer.Status, kind)
	}
}
