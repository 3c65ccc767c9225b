package security_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestSecretsStayWhereTheyAre lets a guest and a host use every kind of secret, rightly and wrongly, and then looks for each
// of them in everything that is written down or told to others.
func TestSecretsStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	u := &undercover{world: &world{Program: testkit.StartProgram(t, "RENTORA_LOG_LEVEL", "debug")}, secrets: map[string]string{}, places: map[string]string{}}
	worker := u.Worker()
	u.keys(t)
	guest := u.recover(t, u.register(t))
	u.book(t, guest)
	u.mistake(t, guest)
	u.awaitPublished(t)
	u.tables(t)
	u.topics(t)
	u.places["log of the API"], u.places["log of the worker"] = u.API.Log(), worker.Log()
	u.places["metrics of the API"], u.places["metrics of the worker"] = u.get(t, u.OpsURL()+"/metrics"), u.get(t, worker.Base()+"/metrics")
	for place, text := range u.places {
		if text == "" {
			t.Errorf("%s: nothing to look through", place)
		}
		for name, value := range u.secrets {
			if form, found := leaked(text, value); found {
				t.Errorf("%s: %s is there, %s", place, name, form)
			}
		}
	}
	if len(u.secrets) < 14 {
		t.Errorf("only %d secrets were used", len(u.secrets))
	}
}

// leaked tells whether a text holds a secret in one of the forms that are as good as itself.
func leaked(text, value string) (form string, found bool) {
	for form, shape := range map[string]string{
		"as it is": value, "in hex": hex.EncodeToString([]byte(value)), "escaped": url.QueryEscape(value),
		"in base64": strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(value)), "="), "in base64url": base64.RawURLEncoding.EncodeToString([]byte(value)),
	} {
		if strings.Contains(text, shape) {
			return form, true
		}
	}
	return "", false
}

func TestLeaksAreFound(t *testing.T) {
	t.Parallel()
	const value = "a secret + more/of it"
	for _, text := range []string{value, hex.EncodeToString([]byte(value)), url.QueryEscape(value), base64.StdEncoding.EncodeToString([]byte(value))} {
		if _, found := leaked("before "+text+" after", value); !found {
			t.Errorf("%q is not found", text)
		}
	}
	if _, found := leaked("nothing at all", value); found {
		t.Error("found where it is not")
	}
}

// TestAddressesCarryNoSecret reads the contract: what stands in an address is written to logs on the way.
func TestAddressesCarryNoSecret(t *testing.T) {
	t.Parallel()
	doc, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	secret := regexp.MustCompile(`(?i)token|password|secret|key|email`)
	for path, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			for _, p := range append(item.Parameters, op.Parameters...) {
				if p.Value.In != "header" && secret.MatchString(p.Value.Name) {
					t.Errorf("%s takes %s in its address %s", op.OperationID, p.Value.Name, path)
				}
			}
		}
	}
}

// undercover is a product with the secrets that were used and the places to look for them.
type undercover struct {
	*world
	secrets, places map[string]string
}

func (u *undercover) keys(t *testing.T) {
	t.Helper()
	for _, name := range []string{"RENTORA_AUTH_SIGNING_KEYS", "RENTORA_AUTH_SECRET_KEY", "RENTORA_S3_SECRET_KEY", "RENTORA_TYPESENSE_API_KEY"} {
		u.secrets[name] = u.Env[name]
	}
}

// register goes the way of a person, and gives the address.
func (u *undercover) register(t *testing.T) string {
	t.Helper()
	email := fmt.Sprintf("guest-%s@example.test", uuid.NewString())
	u.secrets["password"] = "first " + uuid.NewString()
	form := contract.RegisterRequest{Email: email, Password: u.secrets["password"], Name: "A guest", Role: new(contract.RegisterRequestRole("guest"))}
	registered, err := u.Client("").RegisterWithResponse(t.Context(), form)
	expect(t, registered, err, 202)
	u.secrets["verification"] = u.linkIn(t, email, "Confirm your e-mail")
	verified, err := u.Client("").VerifyEmailWithResponse(t.Context(), contract.TokenRequest{Token: u.secrets["verification"]})
	expect(t, verified, err, 200)
	return email
}

// recover signs in, refreshes, sets a new password by mail and signs in again.
func (u *undercover) recover(t *testing.T, email string) *testkit.Client {
	t.Helper()
	visitor := u.Client("")
	first := u.enter(t, email, "password")
	refreshed, err := visitor.RefreshWithResponse(t.Context(), contract.RefreshRequest{RefreshToken: first.RefreshToken})
	expect(t, refreshed, err, 200)
	u.secrets["second access token"], u.secrets["second refresh token"] = *refreshed.JSON200.Data.AccessToken, *refreshed.JSON200.Data.RefreshToken
	forgot, err := visitor.ForgotPasswordWithResponse(t.Context(), contract.EmailRequest{Email: email})
	expect(t, forgot, err, 202)
	u.secrets["reset"], u.secrets["new password"] = u.linkIn(t, email, "password"), "second "+uuid.NewString()
	reset, err := visitor.ResetPasswordWithResponse(t.Context(), contract.ResetPasswordRequest{Token: u.secrets["reset"], Password: u.secrets["new password"]})
	expect(t, reset, err, 200)
	return u.Client(*u.enter(t, email, "new password").AccessToken)
}

func (u *undercover) enter(t *testing.T, email, password string) contract.Tokens {
	t.Helper()
	in, err := u.Client("").LoginWithResponse(t.Context(), contract.LoginRequest{Email: email, Password: u.secrets[password]})
	expect(t, in, err, 200)
	u.secrets["access token by "+password], u.secrets["refresh token by "+password] = *in.JSON200.Data.AccessToken, *in.JSON200.Data.RefreshToken
	return in.JSON200.Data
}

// book makes a quote, a booking and an upload, the latter two with keys, so that their answers are kept.
func (u *undercover) book(t *testing.T, guest *testkit.Client) {
	t.Helper()
	host, admin := u.signIn(t, identity.Host), u.signIn(t, identity.Admin)
	id := u.draft(t, host, "A flat to be seen", "Quiet lane 1")
	submitted, err := host.SubmitListingWithResponse(t.Context(), id)
	expect(t, submitted, err, 200)
	approved, err := admin.ApproveListingWithResponse(t.Context(), id, &contract.ApproveListingParams{IfMatch: submitted.HTTPResponse.Header.Get("ETag")}, contract.ApproveRequest{})
	expect(t, approved, err, 200)
	u.secrets["quote"] = quote(t, account{Client: guest}, id, stay(30, 2))
	booked, err := guest.CreateBookingWithResponse(t.Context(), &contract.CreateBookingParams{IdempotencyKey: new("a trip")}, contract.CreateBookingRequest{QuoteToken: u.secrets["quote"]})
	expect(t, booked, err, 201)
	created, err := host.CreateUploadWithResponse(t.Context(), &contract.CreateUploadParams{IdempotencyKey: new("a file")}, contract.CreateUploadRequest{ContentType: contract.ImageTypeImagejpeg, SizeBytes: 1000})
	expect(t, created, err, 201)
	to, err := url.Parse(created.JSON201.Data.UploadUrl)
	if err != nil {
		t.Fatal(err)
	}
	if u.secrets["signature of an upload"] = to.Query().Get("X-Amz-Signature"); u.secrets["signature of an upload"] == "" {
		t.Fatalf("%s is not signed", to)
	}
}

// mistake puts secrets where they do not belong; the answers are looked through as well.
func (u *undercover) mistake(t *testing.T, guest *testkit.Client) {
	t.Helper()
	for name, value := range u.secrets {
		for _, r := range [][2]string{
			{"/auth/login", fmt.Sprintf(`{"email":%q,"password":"x"}`, value)}, {"/auth/login", fmt.Sprintf(`{%q:1}`, "unknown")}, {"/auth/login", value},
			{"/auth/refresh", fmt.Sprintf(`{"refresh_token":%q}`, value+"x")}, {"/auth/reset-password", fmt.Sprintf(`{"token":%q,"password":"short"}`, value)},
			{"/bookings", fmt.Sprintf(`{"quote_token":%q}`, value+"x")}, {"/auth/login?access_token=" + url.QueryEscape(value), `{}`},
		} {
			u.places["answer to a wrong "+r[0]+" with "+name] = u.post(t, guest, r[0], r[1])
		}
	}
}

// awaitPublished waits until the outbox has been told to Kafka.
func (u *undercover) awaitPublished(t *testing.T) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		var waiting int
		err := u.DB.QueryRow(t.Context(), "select count(*) filter (where published_at is null) from outbox").Scan(&waiting)
		if err == nil && waiting > 0 {
			err = fmt.Errorf("%d events wait", waiting)
		}
		return err
	})
}

// tables reads every row of every table, the outbox, the audit log, mails, sessions and kept answers among them.
func (u *undercover) tables(t *testing.T) {
	t.Helper()
	var names []string
	if err := u.DB.QueryRow(t.Context(), "select array_agg(table_name::text) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").Scan(&names); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		var text string
		if err := u.DB.QueryRow(t.Context(), fmt.Sprintf("select coalesce(string_agg(t::text, E'\\n'), '') || ' end' from %s t", name)).Scan(&text); err != nil {
			t.Fatal(err)
		}
		u.places["table "+name] = text
	}
}

func (u *undercover) topics(t *testing.T) {
	t.Helper()
	var partitions int
	if _, err := fmt.Sscan(u.Env["RENTORA_KAFKA_PARTITIONS"], &partitions); err != nil {
		t.Fatal(err)
	}
	c := config.Kafka{Brokers: strings.Split(u.Env["RENTORA_KAFKA_BROKERS"], ","), TopicPrefix: u.Env["RENTORA_KAFKA_TOPIC_PREFIX"], Partitions: partitions}
	total := 0
	for _, topic := range events.Topics {
		all := testkit.Published(t, c, topic)
		text, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		total += len(all)
		u.places["topic "+topic] = string(text)
	}
	if total < 4 {
		t.Errorf("only %d events were published", total)
	}
}
