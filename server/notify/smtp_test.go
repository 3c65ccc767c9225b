package notify_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/notify"
)

// postOffice is a real SMTP server that refuses some recipients by their first word.
type postOffice struct {
	mu  sync.Mutex
	raw [][]byte
	to  []string
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: p}, nil }

type visit struct {
	office *postOffice
	to     string
}

func (v *visit) Reset()                               {}
func (v *visit) Logout() error                        { return nil }
func (v *visit) Mail(string, *smtp.MailOptions) error { return nil }

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.to = to
	switch word, _, _ := strings.Cut(to, "-"); word {
	case "unknown":
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox"}
	case "busy":
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "Try later"}
	}
	return nil
}

func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if strings.HasPrefix(v.to, "spam") {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Refused"}
	}
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.raw, v.office.to = append(v.office.raw, raw), append(v.office.to, v.to)
	return nil
}

func openPostOffice(t *testing.T) (*postOffice, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office := &postOffice{}
	server := smtp.NewServer(office)
	server.Domain = "localhost"
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-served
	})
	return office, l.Addr().String()
}

func mailer(t *testing.T, addr string) *notify.SMTP {
	t.Helper()
	m, err := notify.NewSMTP(config.Mail{Addr: addr, TLS: "opportunistic", From: "Rentora <hello@rentora.example>"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func letter(to string) notify.Message {
	return notify.Message{ID: uuid.NewString() + "@rentora.example", To: identity.Contact{Email: to, Name: `Zoë "Z"` + "\r\nBcc: victim@example.test"},
		Subject: "Grüße – 100 %", Text: "Plain ä\n.\nend\n", HTML: "<p>Rich ä</p>"}
}

func TestARoundTripOverSMTP(t *testing.T) {
	t.Parallel()
	office, addr := openPostOffice(t)
	sent := letter("guest-0001@example.test")
	if err := mailer(t, addr).Send(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	if len(office.raw) != 1 || office.to[0] != "guest-0001@example.test" {
		t.Fatalf("got %d mails to %v", len(office.raw), office.to)
	}
	got, err := mail.ReadMessage(bytes.NewReader(office.raw[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != sent.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if id := got.Header.Get("Message-ID"); id != "<"+sent.ID+">" {
		t.Errorf("Message-ID %s", id)
	}
	if got.Header.Get("Bcc") != "" || got.Header.Get("Auto-Submitted") != "auto-generated" || got.Header.Get("Date") == "" {
		t.Errorf("headers %v", got.Header)
	}
	to, err := got.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != `Zoë "Z" Bcc: victim@example.test` {
		t.Errorf("to %v, %v", to, err)
	}
	parts := partsOf(t, got)
	if strings.ReplaceAll(parts["text/plain"], "\r\n", "\n") != sent.Text || strings.TrimSpace(parts["text/html"]) != sent.HTML {
		t.Errorf("parts %q", parts)
	}
}

func partsOf(t *testing.T, m *mail.Message) map[string]string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	out := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = string(body)
	}
}

func TestRefusalsAndOutages(t *testing.T) {
	t.Parallel()
	_, addr := openPostOffice(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	_ = closed.Close()
	for name, c := range map[string]struct {
		addr, to string
		want     errs.Kind
	}{
		"no such mailbox": {addr, "unknown-1@example.test", errs.Invalid},
		"refused as spam": {addr, "spam-1@example.test", errs.Invalid},
		"no address":      {addr, "not an address", errs.Invalid},
		"busy":            {addr, "busy-1@example.test", errs.Internal},
		"nobody there":    {nobody, "guest-0001@example.test", errs.Unavailable},
	} {
		if err := mailer(t, c.addr).Send(t.Context(), letter(c.to)); !errs.Is(err, c.want) {
			t.Errorf("%s: %v is %s, want %s", name, err, errs.KindOf(err), c.want)
		}
	}
}

func TestConfigurationOfTheMailServer(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"", "mail", "mail:smtp", "mail:"} {
		if _, err := notify.NewSMTP(config.Mail{Addr: addr}); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", addr, err)
		}
	}
	_, addr := openPostOffice(t)
	for name, c := range map[string]config.Mail{
		"log-in without TLS": {Addr: addr, TLS: "none", From: "a@example.test", Username: "u", Password: "p"},
		"no TLS there":       {Addr: addr, TLS: "required", From: "a@example.test"},
		"sender":             {Addr: addr, TLS: "none", From: "nobody"},
	} {
		m, err := notify.NewSMTP(c)
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		if err := m.Send(t.Context(), letter("guest-0001@example.test")); err == nil || errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
