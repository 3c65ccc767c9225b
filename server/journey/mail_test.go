package journey_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/testkit"
)

// mail is one that the catcher took.
type mail struct {
	To        []string `json:"to"`
	Subject   string   `json:"subject"`
	MessageID string   `json:"message_id"`
	Text      string   `json:"text"`
	HTML      string   `json:"html"`
}

func mailsTo(t *testing.T, p *testkit.Program, to string) ([]mail, error) {
	t.Helper()
	return mails(t.Context(), p, to)
}

// mails gives what came to an address, or everything when it is empty.
func mails(ctx context.Context, p *testkit.Program, to string) ([]mail, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.MailURL+"/api/messages?to="+url.QueryEscape(to), nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var list []mail
	return list, json.NewDecoder(answer.Body).Decode(&list)
}

// awaitMail waits for the one mail to an address whose subject contains the words, and checks that it can be read by
// programs with and without HTML.
func awaitMail(t *testing.T, p *testkit.Program, to, words string) mail {
	t.Helper()
	var found []mail
	testkit.Eventually(t, 20*time.Second, func() error {
		all, err := mailsTo(t, p, to)
		found = slices.DeleteFunc(all, func(m mail) bool { return !strings.Contains(m.Subject, words) })
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("no mail to %s about %q", to, words)
		}
		return err
	})
	if len(found) != 1 || found[0].Text == "" || !strings.Contains(found[0].HTML, "<html") || found[0].MessageID == "" {
		t.Fatalf("%d mails to %s about %q, the first: %+v", len(found), to, words, found[0])
	}
	return found[0]
}

var fragment = regexp.MustCompile(`#token=([A-Za-z0-9_-]+)`)

// tokenIn gives the one-time token behind a link's fragment.
func tokenIn(t *testing.T, text string) string {
	t.Helper()
	found := fragment.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no #token= in:\n%s", text)
	}
	return found[1]
}

func contains(m mail, words string) bool {
	return strings.Contains(strings.Join(strings.Fields(m.Text), " "), words)
}
