package mailcatcher

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/hack/stack/probe"
)

const confirmation = "From: Rentora <no-reply@example.test>\r\n" +
	"To: guest-0042@example.test\r\n" +
	"Subject: =?utf-8?q?Buchung_best=C3=A4tigt?=\r\n" +
	"Date: Mon, 02 Mar 2026 10:00:00 +0100\r\n" +
	"Message-ID: <booking-7@example.test>\r\n" +
	"MIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=outer\r\n\r\n" +
	"--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n" +
	"--inner\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGute Reise =E2=9C=88\r\n" +
	"--inner\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+R3V0ZSBSZWlzZTwv\r\nYj4=\r\n" +
	"--inner--\r\n" +
	"--outer\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=stay.ics\r\n\r\nBEGIN:VCALENDAR\r\n" +
	"--outer--\r\n"

// TestCatch sends over SMTP and reads over HTTP.
func TestCatch(t *testing.T) {
	t.Parallel()
	mail, page := serve(t)
	for _, to := range []string{"guest-0042@example.test", "host-0007@example.test"} {
		if err := smtp.SendMail(mail, nil, "bounce@example.test", []string{to}, []byte(confirmation)); err != nil {
			t.Fatalf("send: %v", err)
		}
	}
	var got []Message
	get(t, page+"/api/messages?to=GUEST-0042@example.test", &got)
	want := []Message{{ID: "1", From: "bounce@example.test", To: []string{"guest-0042@example.test"}, Subject: "Buchung bestätigt",
		Date: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), MessageID: "booking-7@example.test", Text: "Gute Reise ✈", HTML: "<b>Gute Reise</b>"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mails to the guest (-want +got):\n%s", diff)
	}
	var all []Message
	get(t, page+"/api/messages", &all)
	if len(all) != 2 || all[0].ID != "2" {
		t.Errorf("all mails, the newest first: %+v", all)
	}
	if body := text(t, page+"/?id=1"); !strings.Contains(body, "Buchung bestätigt") || !strings.Contains(body, `sandbox="allow-popups"`) {
		t.Errorf("the page shows:\n%s", body)
	}
	clearAll(t, page)
	if resp, err := http.Get(page + "/api/messages/1"); err != nil || resp.StatusCode != http.StatusNotFound {
		t.Errorf("a cleared mail is answered with %v, %v", resp, err)
	}
}

// TestUntrustedHTML wants no script of a mail to run, not even when its address is opened by itself.
func TestUntrustedHTML(t *testing.T) {
	t.Parallel()
	mail, page := serve(t)
	body := "Subject: x\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n"
	if err := smtp.SendMail(mail, nil, "a@example.test", []string{"b@example.test"}, []byte(body)); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(page + "/messages/1/html")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if policy := resp.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the policy is %q", policy)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	mail, page := serve(t)
	body := "Subject: x\r\n\r\n" + strings.Repeat(strings.Repeat("x", 70)+"\r\n", MaxMessageBytes/70)
	if err := smtp.SendMail(mail, nil, "a@example.test", []string{"b@example.test"}, []byte(body)); err == nil {
		t.Error("a mail above the bound was taken")
	}
	if got := text(t, page+"/api/messages"); strings.TrimSpace(got) != "[]" {
		t.Errorf("kept: %s", got[:min(100, len(got))])
	}
}

func TestStoreIsBounded(t *testing.T) {
	t.Parallel()
	var s Store
	for range MaxMessages + 3 {
		s.Add(Message{})
	}
	list := s.List("")
	if len(list) != MaxMessages || list[0].ID != fmt.Sprint(MaxMessages+3) || list[len(list)-1].ID != "4" {
		t.Errorf("%d mails, from %s to %s", len(list), list[0].ID, list[len(list)-1].ID)
	}
}

func TestParseBadMail(t *testing.T) {
	t.Parallel()
	arrived := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, raw := range map[string]string{
		"no header":             "just text",
		"unknown boundary":      "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--other\r\n\r\nx",
		"bad encoding":          "Subject: s\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%",
		"bad content type":      "Subject: s\r\nContent-Type: ;;;\r\n\r\nx",
		"multipart without end": "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 50),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := parse("a@example.test", nil, []byte(raw), arrived)
			if string(m.Raw) != raw || !m.Date.Equal(arrived) {
				t.Errorf("parsed as %+v", m)
			}
		})
	}
}

// serve runs a catcher and gives its two addresses.
func serve(t *testing.T) (mail, page string) {
	t.Helper()
	ports := probe.FreePorts(2)
	mail, web := fmt.Sprintf("127.0.0.1:%d", ports[0]), fmt.Sprintf("127.0.0.1:%d", ports[1])
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	gone := make(chan struct{})
	go func() { ended <- Run(ctx, mail, web); close(gone) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the catcher ended with %v", err)
		}
	})
	for _, ask := range []func(context.Context) error{
		func(ctx context.Context) error { return probe.SMTP(ctx, probe.Local(ports[0])) },
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[1]), "/") },
	} {
		if err := probe.Until(ctx, time.Minute, gone, ask); err != nil {
			t.Fatal(err)
		}
	}
	return mail, "http://" + web
}

func text(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", url, resp.Status, err)
	}
	return string(body)
}

func get(t *testing.T, url string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text(t, url)), into); err != nil {
		t.Fatal(err)
	}
}

func clearAll(t *testing.T, page string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodDelete, page+"/api/messages", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("clear: %v %v", resp, err)
	}
}
