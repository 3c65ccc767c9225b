package journey_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestErrorsAreListed breaks the database under the API and under a handler: admins find one group of each, resolve it,
// and find it open again when the error comes back.
func TestErrorsAreListed(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t, "RENTORA_RELEASE", "v2.3.4")
	p.Worker("relay", "notify")
	admin, host, guest := signIn(t, p, identity.Admin), signIn(t, p, identity.Host), signIn(t, p, identity.Guest)
	breakTables := func(how string) {
		for _, table := range []string{"audit_log", "mails"} {
			if _, err := p.DB.Exec(t.Context(), fmt.Sprintf(how, table)); err != nil {
				t.Fatal(err)
			}
		}
	}
	id := live(t, p, host, admin, "Flat of a bad day", contract.BookingModeRequest)
	breakTables("alter table %[1]s rename to %[1]s_gone")
	for range 3 {
		broken, err := admin.ListAuditLogWithResponse(t.Context(), nil)
		expect(t, broken, err, 500)
		if strings.Contains(string(broken.Body), "audit_log") {
			t.Errorf("the cause is shown: %s", broken.Body)
		}
	}
	request(t, guest, id, stay(30, 2))

	api := awaitGroup(t, admin, func(g contract.ErrorGroup) bool { return g.Source == contract.ErrorGroupSourceApi && g.Count == 3 })
	awaitGroup(t, admin, func(g contract.ErrorGroup) bool {
		return g.Source == contract.ErrorGroupSourceWorker && g.Sample.Route == "notify bookings.requested" && g.Sample.RequestId != nil
	})
	if api.Sample.Route != "GET /api/v1/admin/audit-log" || api.Release != "v2.3.4" || api.Status != contract.ErrorGroupStatusOpen || api.Sample.RequestId == nil {
		t.Errorf("the API's group is %+v", api)
	}
	breakTables("alter table %[1]s_gone rename to %[1]s")
	resolved, err := admin.ResolveErrorGroupWithResponse(t.Context(), api.Id)
	expect(t, resolved, err, 200)
	if g := resolved.JSON200.Data; g.Status != contract.ErrorGroupStatusResolved || g.ResolvedBy == nil || *g.ResolvedBy != admin.ID {
		t.Errorf("resolved it is %+v", g)
	}
	breakTables("alter table %[1]s rename to %[1]s_gone")
	broken, err := admin.ListAuditLogWithResponse(t.Context(), nil)
	expect(t, broken, err, 500)
	awaitGroup(t, admin, func(g contract.ErrorGroup) bool {
		return g.Id == api.Id && g.Status == contract.ErrorGroupStatusOpen && g.Count == 4
	})
	breakTables("alter table %[1]s_gone rename to %[1]s")
}

func awaitGroup(t *testing.T, admin account, is func(contract.ErrorGroup) bool) (found contract.ErrorGroup) {
	t.Helper()
	testkit.Eventually(t, 20*time.Second, func() error {
		list, err := admin.ListErrorsWithResponse(t.Context(), &contract.ListErrorsParams{Status: new(contract.ErrorGroupStatusOpen)})
		if err != nil || list.JSON200 == nil {
			return fmt.Errorf("the list: %w", err)
		}
		for _, g := range list.JSON200.Data {
			if is(g) {
				found = g
				return nil
			}
		}
		return fmt.Errorf("not among %s", list.Body)
	})
	return found
}

// TestErrorsOfBrowsers has a visitor tell of an error, which an admin then reads without what belongs to a person; one
// address cannot tell of any number, and can sign in all the same.
func TestErrorsOfBrowsers(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t, "RENTORA_HTTP_LIMIT_SIGN_IN", "5")
	visitor, admin := p.Client(""), signIn(t, p, identity.Admin)
	form := contract.BrowserErrorRequest{Kind: contract.BrowserErrorKindScript, Message: "Cannot find jane@example.test", Place: "/listings/[id]",
		Release: "web-1", RequestId: new("r-17"), Stack: new("Error: jane@example.test\n    at Gallery (https://rentora.example/_next/app.js?q=jane:1:2)")}
	for range 5 {
		told, err := visitor.ReportBrowserErrorWithResponse(t.Context(), form)
		expect(t, told, err, 202)
	}
	refused, err := visitor.ReportBrowserErrorWithResponse(t.Context(), form)
	expect(t, refused, err, 429)
	if refused.HTTPResponse.Header.Get("Retry-After") == "" || !strings.HasPrefix(refused.HTTPResponse.Header.Get("RateLimit"), `"report";r=0`) {
		t.Errorf("the refusal has the headers %v", refused.HTTPResponse.Header)
	}
	awaitGroup(t, admin, func(g contract.ErrorGroup) bool {
		return g.Source == contract.ErrorGroupSourceWeb && g.Count == 5 && g.Kind == "script" && g.Place == "/listings/[id]" && g.Message == "Cannot find <email>" &&
			g.Release == "web-1" && *g.Sample.RequestId == "r-17" && *g.Sample.Stack == "Error: <email>\nat Gallery /_next/app.js:1:2"
	})
	list, err := admin.ListErrorsWithResponse(t.Context(), &contract.ListErrorsParams{Source: new(contract.ErrorGroupSourceWeb)})
	expect(t, list, err, 200)
	if len(list.JSON200.Data) != 1 {
		t.Errorf("of browsers there are %s", list.Body)
	}
	logIn(t, p, admin.Email, password)
}
