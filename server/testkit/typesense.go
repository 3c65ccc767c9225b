package testkit

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/config"
)

// Typesense gives the test a name for its alias; the alias and every collection whose name begins with it go when the
// test ends. Nothing is created.
func Typesense(t testing.TB) config.Typesense {
	t.Helper()
	c := config.Typesense{
		URL:        address(t, "RENTORA_STACK_TYPESENSE_URL", func(a stack.Addresses) string { return a.TypesenseURL }),
		APIKey:     address(t, "RENTORA_STACK_TYPESENSE_API_KEY", func(a stack.Addresses) string { return a.TypesenseAPIKey }),
		Collection: own(), Timeout: 10 * time.Second,
	}
	t.Cleanup(func() { dropTypesense(t, c) })
	return c
}

func dropTypesense(t testing.TB, c config.Typesense) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var aliases struct{ Aliases []struct{ Name string } }
	var collections []struct{ Name string }
	decode(t, askTypesense(ctx, t, c, http.MethodGet, "/aliases"), &aliases)
	decode(t, askTypesense(ctx, t, c, http.MethodGet, "/collections"), &collections)
	for _, a := range aliases.Aliases {
		if strings.HasPrefix(a.Name, c.Collection) {
			askTypesense(ctx, t, c, http.MethodDelete, "/aliases/"+a.Name)
		}
	}
	for _, col := range collections {
		if strings.HasPrefix(col.Name, c.Collection) {
			askTypesense(ctx, t, c, http.MethodDelete, "/collections/"+col.Name)
		}
	}
}

func askTypesense(ctx context.Context, t testing.TB, c config.Typesense, method, path string) []byte {
	node, _, _ := strings.Cut(c.URL, ",")
	req, err := http.NewRequestWithContext(ctx, method, node+path, nil)
	if err != nil {
		t.Error(err)
		return nil
	}
	req.Header.Set("X-TYPESENSE-API-KEY", c.APIKey)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%s %s: %s %s %v", method, path, answer.Status, body, err)
	}
	return body
}

func decode(t testing.TB, body []byte, into any) {
	if len(body) == 0 {
		return // said already
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Errorf("%s: %v", body, err)
	}
}
