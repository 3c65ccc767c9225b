package security_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/testkit"
)

func (w *world) get(t *testing.T, address string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, body := do(t, http.DefaultClient, req)
	return body
}

// post sends what the generated client would not, and gives the answer with its headers.
func (w *world) post(t *testing.T, who *testkit.Client, path, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.BaseURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	answer, said := do(t, who.HTTP, req)
	return fmt.Sprint(answer.Status, answer.Header, said)
}

func do(t *testing.T, client *http.Client, req *http.Request) (*http.Response, string) {
	t.Helper()
	answer, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

var fragment = regexp.MustCompile(`#token=([A-Za-z0-9_-]+)`)

// linkIn waits for a mail whose subject holds the words and gives the token behind its link's fragment, which no server sees.
func (w *world) linkIn(t *testing.T, email, words string) (token string) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		var list []struct{ Subject, Text string }
		if err := json.Unmarshal([]byte(w.get(t, w.MailURL+"/api/messages?to="+url.QueryEscape(email))), &list); err != nil {
			return err
		}
		for _, m := range list {
			if found := fragment.FindStringSubmatch(m.Text); found != nil && strings.Contains(m.Subject, words) {
				token = found[1]
				return nil
			}
		}
		return fmt.Errorf("no link for %s about %q in %d mails", email, words, len(list))
	})
	return token
}
