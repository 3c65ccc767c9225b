package security_test

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"golang.org/x/crypto/bcrypt"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

const password = "a password for tests"

// account is somebody who is signed in, twice.
type account struct {
	*testkit.Client
	ID                  uuid.UUID
	Email               string
	Role                identity.Role
	Token, RefreshToken string
	Elsewhere           uuid.UUID // the second session
}

// answer is what every response of the generated client can do.
type answer interface {
	StatusCode() int
	GetBody() []byte
}

// expect ends the test unless the answer has the status.
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

func (w *world) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := w.DB.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (w *world) insertUser(t *testing.T, role identity.Role, verified bool) uuid.UUID {
	t.Helper()
	hash, err := passwordHash()
	if err != nil {
		t.Fatal(err)
	}
	id := uuid.Must(uuid.NewV7())
	w.exec(t, `insert into users (id, email, name, role, password_hash, email_verified_at) values ($1, $2, $3, $4, $5, case when $6 then now() end)`,
		id, fmt.Sprintf("%s-%s@example.test", role, id), "The "+string(role), role, string(hash), verified)
	return id
}

// signIn makes a verified account by SQL and logs it in over HTTP.
func (w *world) signIn(t *testing.T, role identity.Role) account {
	t.Helper()
	id := w.insertUser(t, role, true)
	email := fmt.Sprintf("%s-%s@example.test", role, id)
	second, first := w.logIn(t, email), w.logIn(t, email)
	return account{Client: w.Client(*first.AccessToken), ID: id, Email: email, Role: role, Token: *first.AccessToken,
		RefreshToken: *first.RefreshToken, Elsewhere: sessionOf(t, *second.AccessToken)}
}

func (w *world) logIn(t *testing.T, email string) contract.Tokens {
	t.Helper()
	login, err := w.Client("").LoginWithResponse(t.Context(), contract.LoginRequest{Email: email, Password: password})
	expect(t, login, err, 200)
	if login.JSON200.Data.AccessToken == nil || login.JSON200.Data.RefreshToken == nil {
		t.Fatalf("no tokens in %s", login.Body)
	}
	return login.JSON200.Data
}

// sessionOf reads the session out of an access token.
func sessionOf(t *testing.T, token string) uuid.UUID {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		t.Fatal(err)
	}
	text, _ := claims["sid"].(string)
	id, err := uuid.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// link puts a one-time link there whose token nobody was mailed.
func (w *world) link(t *testing.T, user uuid.UUID, purpose string) string {
	t.Helper()
	token := "a token for tests that " + uuid.NewString()
	hash := sha256.Sum256([]byte(token))
	w.exec(t, "insert into one_time_links (hash, user_id, purpose, expires_at) values ($1, $2, $3, now() + interval '1 hour')", hash[:], user, purpose)
	return token
}
