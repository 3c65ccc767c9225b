package journey_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/crypto/bcrypt"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

const password = "a password for tests"

// account is somebody who is signed in.
type account struct {
	*testkit.Client
	ID           uuid.UUID
	Email        string
	Role         identity.Role
	Token        string
	RefreshToken string
}

// answer is what every response of the generated client can do.
type answer interface {
	StatusCode() int
	GetBody() []byte
}

// expect fails the test unless the answer has the status.
func expect(t *testing.T, a answer, err error, status int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if a.StatusCode() != status {
		t.Fatalf("status %d, want %d: %s", a.StatusCode(), status, a.GetBody())
	}
}

var passwordHash = sync.OnceValues(func() ([]byte, error) { return bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost) })

// signIn makes a verified account by SQL and logs it in over HTTP.
func signIn(t *testing.T, p *testkit.Program, role identity.Role) account {
	t.Helper()
	hash, err := passwordHash()
	if err != nil {
		t.Fatal(err)
	}
	id := uuid.Must(uuid.NewV7())
	email := address(role)
	_, err = p.DB.Exec(t.Context(), `insert into users (id, email, name, role, password_hash, email_verified_at) values ($1, $2, $3, $4, $5, now())`,
		id, email, "The "+string(role), role, string(hash))
	if err != nil {
		t.Fatal(err)
	}
	return logIn(t, p, email, password)
}

// address gives an e-mail address that no other test uses.
func address(role identity.Role) string {
	return fmt.Sprintf("%s-%s@example.test", role, uuid.NewString())
}

func logIn(t *testing.T, p *testkit.Program, email, password string) account {
	t.Helper()
	login, err := p.Client("").LoginWithResponse(t.Context(), contract.LoginRequest{Email: email, Password: password})
	expect(t, login, err, 200)
	tokens := login.JSON200.Data
	if tokens.AccessToken == nil || tokens.RefreshToken == nil {
		t.Fatalf("no tokens in %s", login.Body)
	}
	return account{Client: p.Client(*tokens.AccessToken), ID: tokens.User.Id, Email: email, Role: identity.Role(tokens.User.Role),
		Token: *tokens.AccessToken, RefreshToken: *tokens.RefreshToken}
}

func count(ctx context.Context, t *testing.T, p *testkit.Program, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := p.DB.QueryRow(ctx, sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}
