// Package mailcatcher takes every mail that is sent to it, delivers none, and shows them on a page and over an API.
package mailcatcher

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/sync/errgroup"
)

// The bounds of its memory: the oldest mails make room, and larger ones are refused.
const (
	MaxMessages     = 20000 // a fault test of ten minutes counts its mails at the end
	MaxMessageBytes = 1 << 20
)

// Store holds the mails in the order of their arrival. It may be used concurrently; the zero value is empty.
type Store struct {
	mu       sync.Mutex
	last     int
	messages []Message
}

// Add keeps a mail and gives it its id.
func (s *Store) Add(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	m.ID = strconv.Itoa(s.last)
	s.messages = append(s.messages, m)
	if len(s.messages) > MaxMessages {
		s.messages = slices.Delete(s.messages, 0, len(s.messages)-MaxMessages)
	}
}

// List gives the mails to an address ("" means all), the newest first. Addresses compare without regard to case.
func (s *Store) List(to string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []Message{}
	for _, m := range slices.Backward(s.messages) {
		if to == "" || slices.ContainsFunc(m.To, func(a string) bool { return strings.EqualFold(a, to) }) {
			found = append(found, m)
		}
	}
	return found
}

// Get gives one mail.
func (s *Store) Get(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.messages, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return Message{}, false
	}
	return s.messages[i], true
}

// Clear forgets all mails.
func (s *Store) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = nil
}

// Run serves SMTP and the page on the two addresses until the context ends.
func Run(ctx context.Context, smtpAddr, httpAddr string) error {
	store := &Store{}
	mail := smtp.NewServer(backend{store})
	mail.Domain, mail.MaxMessageBytes, mail.MaxRecipients = "localhost", MaxMessageBytes, 100
	mail.ReadTimeout, mail.WriteTimeout = time.Minute, time.Minute
	mail.AllowInsecureAuth, mail.EnableSMTPUTF8 = true, true
	page := &http.Server{Handler: Handler(store), ReadHeaderTimeout: 10 * time.Second}
	smtpListener, err := net.Listen("tcp", smtpAddr)
	if err != nil {
		return fmt.Errorf("listen for mail: %w", err)
	}
	httpListener, err := net.Listen("tcp", httpAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("listen for the page: %w", err), smtpListener.Close())
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return mail.Serve(smtpListener) })
	group.Go(func() error { return page.Serve(httpListener) })
	group.Go(func() error {
		<-ctx.Done()
		return errors.Join(mail.Close(), page.Close(), ctx.Err())
	})
	err = group.Wait()
	if errors.Is(err, smtp.ErrServerClosed) || errors.Is(err, http.ErrServerClosed) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

type backend struct{ store *Store }

func (b backend) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{store: b.store}, nil }

// session is one SMTP conversation.
type session struct {
	store *Store
	from  string
	to    []string
}

func (s *session) Reset()        { s.from, s.to = "", nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.store.Add(parse(s.from, slices.Clone(s.to), raw, time.Now()))
	return nil
}
