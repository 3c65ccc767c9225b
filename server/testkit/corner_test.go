package testkit_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/testkit"
)

func TestWhatATestMadeGoesWithIt(t *testing.T) {
	t.Parallel()
	var kafka config.Kafka
	var redis config.Redis
	var index config.Typesense
	t.Run("makes", func(t *testing.T) {
		kafka, redis, index = testkit.Kafka(t), testkit.Redis(t), testkit.Typesense(t)
		if err := events.Check(t.Context(), kafka); err != nil {
			t.Error(err)
		}
		if err := withKey(t.Context(), redis, func(n int64) bool { return n == 1 }, true); err != nil {
			t.Error(err)
		}
		status, body := askIndex(t, index, http.MethodPost, "/collections", `{"name":"`+index.Collection+`_1","fields":[{"name":"title","type":"string"}]}`)
		if status != http.StatusCreated {
			t.Errorf("%d %s", status, body)
		}
		askIndex(t, index, http.MethodPut, "/aliases/"+index.Collection, `{"collection_name":"`+index.Collection+`_1"}`)
	})
	testkit.Eventually(t, 20*time.Second, func() error { // topics go a moment after the broker has promised it
		if events.Check(t.Context(), kafka) == nil {
			return errors.New("the topics are still there")
		}
		return nil
	})
	if err := withKey(t.Context(), redis, func(n int64) bool { return n == 0 }, false); err != nil {
		t.Error(err)
	}
	for _, path := range []string{"/aliases/" + index.Collection, "/collections/" + index.Collection + "_1"} {
		if status, body := askIndex(t, index, http.MethodGet, path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

func withKey(ctx context.Context, c config.Redis, right func(int64) bool, set bool) error {
	client, err := cache.Open(c)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	if set {
		if err := client.Set(ctx, c.Prefix+"key", 1, time.Minute).Err(); err != nil {
			return err
		}
	}
	n, err := client.Exists(ctx, c.Prefix+"key").Result()
	if err == nil && !right(n) {
		err = errors.New("the key is there or not, the wrong way round")
	}
	return err
}

func askIndex(t *testing.T, c config.Typesense, method, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-TYPESENSE-API-KEY", c.APIKey)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(said)
}
