package journey_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/testkit"
)

// TestOneStayWithFewRights walks the same way with programs that may read and write the tables, and nothing else: only migrate
// is told how the owner logs in. No statement of any program, nor of any job of the scheduler, asks for more.
func TestOneStayWithFewRights(t *testing.T) {
	t.Parallel()
	p := testkit.NewProgram(t)
	role := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	owner := p.Env["RENTORA_DATABASE_URL"]
	app, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	app.User = url.UserPassword(role, "secret")
	p.Env["RENTORA_DATABASE_URL"], p.Env["RENTORA_DATABASE_DIRECT_URL"] = app.String(), owner
	for _, said := range []string{"made", "up to date"} {
		if printed := p.Command("migrate"); !strings.Contains(printed, "  role     "+role+" "+said) {
			t.Errorf("migrate does not say that the role is %s:\n%s", said, printed)
		}
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if _, err := p.DB.Exec(ctx, "drop owned by "+role+"; drop role "+role); err != nil {
			t.Error(err)
		}
	})
	delete(p.Env, "RENTORA_DATABASE_DIRECT_URL")
	p.API = p.AnotherAPI()
	worker := p.Worker()
	walk(t, p)
	for _, process := range []*testkit.Process{p.API, worker} {
		for line := range strings.Lines(process.Log()) {
			if strings.Contains(line, "permission denied") || strings.Contains(line, "SQLSTATE 42501") {
				t.Errorf("a right is missing: %s", line)
			}
		}
	}
	testkit.Eventually(t, 30*time.Second, func() error { return everyJobRan(worker.Base()) })
}

var ran = regexp.MustCompile(`rentora_jobs_total\{job="(\w+)",result="(\w+)"\}`)

// everyJobRan says which of the scheduler's jobs failed, or that some did not run yet.
func everyJobRan(worker string) error {
	answer, err := http.Get(worker + "/metrics")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	found := ran.FindAllStringSubmatch(string(text), -1)
	for _, one := range found {
		if one[2] != "done" {
			return fmt.Errorf("the job %s ended with %s", one[1], one[2])
		}
	}
	if len(found) < 15 {
		err = errors.Join(err, fmt.Errorf("%d jobs have run", len(found)))
	}
	return err
}
