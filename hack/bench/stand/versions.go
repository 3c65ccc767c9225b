package stand

import (
	"context"
	"os/exec"
	"runtime"
	"strings"
)

// Versions says what took part. What cannot be asked is left out.
func (s *Stand) Versions(ctx context.Context) map[string]string {
	versions := map[string]string{"Go": strings.TrimPrefix(runtime.Version(), "go")}
	var server string
	if err := s.DB.QueryRow(ctx, "select current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')").Scan(&server); err == nil {
		versions["Postgres"] = server
	}
	if out, err := exec.CommandContext(ctx, "node", "--version").Output(); err == nil {
		versions["Node"] = strings.TrimPrefix(strings.TrimSpace(string(out)), "v")
	}
	cmd := exec.CommandContext(ctx, "git", "rev-parse", "--short", "HEAD")
	cmd.Dir = s.Root
	if out, err := cmd.Output(); err == nil {
		versions["Rentora"] = strings.TrimSpace(string(out))
	}
	return versions
}
