package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

//go:embed store.sh
var storeScript string

// store tries, with the application's key, its own buckets and what is not its own.
func store(ctx context.Context, e *env) error {
	var s corev1.Secret
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-" + string(component.ObjectsAuth)}, &s); err != nil {
		return err
	}
	var keys strings.Builder
	for _, key := range []string{"root-user", "root-password", "access-key", "secret-key"} {
		if len(s.Data[key]) == 0 {
			return fmt.Errorf("the Secret %s has no %s", s.Name, key)
		}
		keys.Write(s.Data[key])
		keys.WriteString("\n")
	}
	said, err := e.kubectl(ctx, []byte(keys.String()), "exec", "-i", "-n", space, name+"-objects-0", "-c", "minio", "--",
		"/bin/sh", "-c", "BUCKET="+name+"-photos\n"+storeScript)
	if err != nil {
		return err
	}
	allowed, refused, wrong := 0, 0, []error(nil)
	for line := range strings.Lines(said) {
		what, result, _ := strings.Cut(strings.TrimSpace(line), ": ")
		want := "refused"
		if strings.Contains(what, " own ") || strings.HasPrefix(what, "see no ") {
			want = "done"
			allowed++
		} else {
			refused++
		}
		if result != want {
			wrong = append(wrong, fmt.Errorf("the application tries to %s: wanted it %s, got %s", what, want, result))
		}
	}
	if allowed != 6 || refused != 8 {
		wrong = append(wrong, fmt.Errorf("wanted 14 tries, got:\n%s", said))
	}
	e.note("the application did %d things in its own buckets; %d elsewhere were refused", allowed, refused)
	return errors.Join(wrong...)
}
