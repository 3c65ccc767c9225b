package media_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"path"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/image/webp"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/media"
)

func TestAPhotoBecomesItsVariants(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	u := s.processed(t, "image/jpeg", photo(t, "cabin-01-living.jpg"))
	if u.Status != media.Ready || u.Width != 1536 || u.Height != 1024 || len(u.Blurhash) != 28 || u.Failure != (media.Failure{}) {
		t.Errorf("%+v", u)
	}
	var got []string
	for _, v := range u.Variants {
		got = append(got, fmt.Sprintf("%s %s %dx%d", v.Name, v.Format, v.Width, v.Height))
		checkVariant(t, s, u, v)
	}
	want := []string{"thumb webp 320x213", "thumb jpeg 320x213", "small webp 640x427", "small jpeg 640x427",
		"medium webp 1024x683", "medium jpeg 1024x683", "large webp 1536x1024", "large jpeg 1536x1024"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// checkVariant fetches a variant as a stranger does.
func checkVariant(t *testing.T, s *studio, u media.Upload, v media.Variant) {
	t.Helper()
	res, body := fetch(t, s.URL(v.Key))
	if res.StatusCode != http.StatusOK || int64(len(body)) != v.Bytes || res.Header.Get("Content-Type") != "image/"+v.Format ||
		res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%s: %d, %d bytes, %v", v.Key, res.StatusCode, len(body), res.Header)
	}
	if !strings.HasPrefix(v.Key, "photos/"+u.ID.String()+"/"+v.Name+"-") || path.Ext(v.Key) != "."+v.Format {
		t.Errorf("key %s", v.Key)
	}
	m := decode(t, v.Format, body)
	if m.Bounds().Dx() != v.Width || m.Bounds().Dy() != v.Height {
		t.Errorf("%s is %v", v.Key, m.Bounds())
	}
}

func decode(t *testing.T, format string, data []byte) image.Image {
	t.Helper()
	read := jpeg.Decode
	if format == "webp" {
		read = webp.Decode
	}
	m, err := read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSmallOriginalsAreNotEnlarged(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	for _, c := range []struct {
		w, h int
		want string
	}{
		{200, 200, "thumb 200x200"},
		{320, 240, "thumb 320x240"},
		{500, 400, "thumb 320x256, small 500x400"},
		{640, 300, "thumb 320x150, small 640x300"},
		{4000, 200, "thumb 320x16, small 640x32, medium 1024x51, large 1600x80"},
		{201, 1601, "thumb 40x320, small 80x640, medium 129x1024, large 201x1600"},
	} {
		u := s.processed(t, "image/png", asPNG(t, marked(c.w, c.h)))
		var got []string
		for _, v := range u.Variants {
			if v.Format == "webp" {
				got = append(got, fmt.Sprintf("%s %dx%d", v.Name, v.Width, v.Height))
			}
		}
		if list := strings.Join(got, ", "); list != c.want {
			t.Errorf("%d x %d: %s, want %s (%+v)", c.w, c.h, list, c.want, u.Failure)
		}
	}
}

func TestWhatIsNoGoodPhotoFailsWithAReason(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	good := asJPEG(t, marked(600, 400))
	for _, c := range []struct {
		name, contentType string
		data              []byte
		code              string
	}{
		{"a PNG that claims to be a JPEG", "image/jpeg", asPNG(t, marked(300, 300)), media.TypeMismatch},
		{"a JPEG that claims to be a WebP", "image/webp", good, media.TypeMismatch},
		{"text", "image/jpeg", []byte("<html><script>alert(1)</script></html>"), media.NotAnImage},
		{"one byte", "image/png", []byte{0x89}, media.NotAnImage},
		{"an audio file in a RIFF", "image/webp", []byte("RIFF\x10\x00\x00\x00WAVEfmt \x00\x00"), media.NotAnImage},
		{"a bomb", "image/png", bomb(100_000, 100_000), media.TooManyPixels},
		{"a long bomb", "image/png", bomb(12_001, 200), media.TooManyPixels},
		{"61 megapixels", "image/png", bomb(10_000, 6_100), media.TooManyPixels},
		{"199 pixels high", "image/png", asPNG(t, marked(400, 199)), media.TooSmall},
		{"a truncated JPEG", "image/jpeg", good[:len(good)/2], media.Damaged},
		{"a JPEG that ends in its header", "image/jpeg", good[:20], media.Damaged},
		{"a PNG without pixels", "image/png", bomb(1_000, 1_000), media.Damaged},
		{"a broken WebP", "image/webp", asWebP(t, marked(300, 300))[:400], media.Damaged},
	} {
		u := s.processed(t, c.contentType, c.data)
		if u.Status != media.Failed || u.Failure.Code != c.code || !strings.HasSuffix(u.Failure.Reason, ".") || len(u.Variants) != 0 {
			t.Errorf("%s: %s %+v, want %s", c.name, u.Status, u.Failure, c.code)
		}
		if n := s.events(t, "media.upload_failed", u.ID); n != 1 {
			t.Errorf("%s: %d events", c.name, n)
		}
	}
	if u := s.processed(t, "image/jpeg", good); u.Status != media.Ready {
		t.Errorf("the worker does not live on: %+v", u)
	}
}

func TestABombTakesNoMemory(t *testing.T) { // alone: it measures the whole process
	s := newStudio(t)
	id := s.uploaded(t, "image/png", bomb(100_000, 100_000))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := s.Process(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("%d bytes were allocated for a bomb", grown)
	}
}

func TestBrokenMetadataSpoilsNoPhoto(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	plain := asJPEG(t, marked(300, 200))
	block := exif(6)
	for name, broken := range map[string][]byte{
		"nothing":           nil,
		"noise":             bytes.Repeat([]byte{0xff}, 300),
		"a cut directory":   block[:12],
		"a circle":          append([]byte("MM\x00\x2a\x00\x00\x00\x08\x00\x00"), 0, 0, 0, 8),
		"orientation nine":  exif(9),
		"orientation zero":  exif(0),
		"a far-off pointer": append([]byte("MM\x00\x2a"), 0xff, 0xff, 0xff, 0xf0),
	} {
		if u := s.processed(t, "image/jpeg", withEXIF(plain, broken)); u.Status != media.Ready || u.Width != 300 {
			t.Errorf("%s: %s %d wide, %+v", name, u.Status, u.Width, u.Failure)
		}
	}
}

func TestTransparencyBecomesWhite(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	u := s.processed(t, "image/png", asPNG(t, image.NewNRGBA(image.Rect(0, 0, 3400, 300))))
	for _, v := range u.Variants {
		_, body := fetch(t, s.URL(v.Key))
		if got := at(decode(t, v.Format, body), 0.5, 0.5); !near(got, color.RGBA{255, 255, 255, 255}) {
			t.Errorf("%s %s: %v", v.Name, v.Format, got)
		}
	}
}

func TestAWebPOriginalIsRead(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	u := s.processed(t, "image/webp", asWebP(t, marked(900, 600)))
	if u.Status != media.Ready || len(u.Variants) != 6 || u.Variants[4].Name != "medium" || u.Variants[4].Width != 900 {
		t.Errorf("%+v", u)
	}
}

func TestProcessingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	var heard sync.Map
	s := newStudio(t, media.Observed(func(result string, took time.Duration) { heard.Store(result, took) }))
	id := s.uploaded(t, "image/jpeg", asJPEG(t, marked(1200, 800)))
	both := make(chan error, 2)
	for range cap(both) {
		go func() { both <- s.OnUploadCompleted(t.Context(), media.UploadCompleted{UploadID: id}) }()
	}
	for range cap(both) {
		if err := <-both; err != nil {
			t.Fatal(err)
		}
	}
	first := s.get(t, id)
	if err := s.OnUploadCompleted(t.Context(), media.UploadCompleted{UploadID: id}); err != nil {
		t.Fatal(err)
	}
	if second := s.get(t, id); first.Status != media.Ready || second.Version != first.Version {
		t.Errorf("%s, version %d then %d", first.Status, first.Version, second.Version)
	}
	if n := s.events(t, "media.upload_ready", id); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	if _, ok := heard.Load("ready"); !ok {
		t.Error("the observer heard nothing")
	}
}

func TestWhatHasGoneIsDone(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	nowhere := uuid.New()
	wantKind(t, s.Process(t.Context(), nowhere), errs.NotFound, "not_found")
	if err := s.OnUploadCompleted(t.Context(), media.UploadCompleted{UploadID: nowhere}); err != nil {
		t.Errorf("an upload that went with its account: %v", err)
	}
	id := s.uploaded(t, "image/jpeg", asJPEG(t, marked(300, 200)))
	if _, err := s.pool.Exec(t.Context(), "update uploads set object_key = 'originals/elsewhere' where id = $1", id); err != nil {
		t.Fatal(err)
	}
	if err := s.Process(t.Context(), id); err != nil || s.get(t, id).Failure.Code != media.Missing {
		t.Errorf("%v, %+v", err, s.get(t, id).Failure)
	}
}

func TestACancelledCallDecidesNothing(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	id := s.uploaded(t, "image/jpeg", asJPEG(t, marked(300, 200)))
	if err := s.Process(cancelled(), id); err == nil {
		t.Error("no error")
	}
	if u := s.get(t, id); u.Status != media.Processing {
		t.Errorf("status %s", u.Status)
	}
}
