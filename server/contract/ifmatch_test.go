package contract_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rentora/rentora/server/contract"
)

// unguarded are the operations on one thing that need no If-Match, or not always, and why.
var unguarded = map[string]string{
	"setPrice":             "the first price is made and based on nothing; the room asks for the version once there is one",
	"setAvailabilityRules": "the first rules are made and based on nothing; the room asks for the version once there are some",

	"submitListing":  "a step from one state to the next; the state that it needs is its condition",
	"pauseListing":   "a step from one state to the next; the state that it needs is its condition",
	"resumeListing":  "a step from one state to the next; the state that it needs is its condition",
	"archiveListing": "a step from one state to the next; the state that it needs is its condition",
	"confirmBooking": "a step from one state to the next; the state that it needs is its condition",
	"declineBooking": "a step from one state to the next; the state that it needs is its condition",
	"cancelBooking":  "a step from one state to the next; the state that it needs is its condition",
	"completeUpload": "a step from one state to the next; the state that it needs is its condition",

	"lockUser":           "says how the account is to be, whatever it was; twice is once",
	"unlockUser":         "says how the account is to be, whatever it was; twice is once",
	"revokeUserSessions": "ends what there is; twice is once",
	"endSession":         "ends what there is; nothing of a session can be edited",
	"deleteBlock":        "ends what there is; nothing of a block can be edited",
	"resolveErrorGroup":  "says how the group is to be, whatever it was; twice is once",
	"retryDeadLetter":    "a step of a letter that cannot be edited",
	"discardDeadLetter":  "a step of a letter that cannot be edited",

	"createBlock": "makes a thing beside others; the schema keeps two from overlapping",
	"createQuote": "changes nothing",
}

// TestEditsNameTheirVersion holds every operation that changes a thing which exists to If-Match, or to a reason.
func TestEditsNameTheirVersion(t *testing.T) {
	t.Parallel()
	spec, left := read(t), map[string]bool{}
	for id := range unguarded {
		left[id] = true
	}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			match := op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "If-Match")
			switch {
			case method == http.MethodGet || method == http.MethodPost && !strings.Contains(path, "{"):
				if match != nil {
					t.Errorf("%s edits nothing and takes If-Match", op.OperationID)
				}
			case match == nil || !match.Required:
				if unguarded[op.OperationID] == "" {
					t.Errorf("%s %s edits without If-Match and without a reason", method, path)
				}
				delete(left, op.OperationID)
			case match.Schema.Value.Pattern == "":
				t.Errorf("%s takes any text for If-Match", op.OperationID)
			}
		}
	}
	for id := range left {
		t.Errorf("%s needs no reason any more", id)
	}
}

// TestWhatIsEditedGivesItsVersion wants an ETag of whatever an If-Match may name: of the edit's answer and of the thing's GET.
func TestWhatIsEditedGivesItsVersion(t *testing.T) {
	t.Parallel()
	spec, edits := read(t), 0
	for path, item := range spec.Paths.Map() {
		for _, op := range item.Operations() {
			if op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "If-Match") == nil {
				continue
			}
			edits++
			if !tagged(op) {
				t.Errorf("%s gives no ETag for the next edit", op.OperationID)
			}
			if get := readerOf(spec, path); get == nil || !tagged(get) {
				t.Errorf("%s needs If-Match and no GET of %s gives an ETag", op.OperationID, path)
			}
		}
	}
	if edits < 8 {
		t.Errorf("only %d edits in the contract", edits)
	}
}

func read(t *testing.T) *openapi3.T {
	t.Helper()
	spec, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// readerOf gives the GET of the thing that a path is a part of or a step of: the nearest one upwards.
func readerOf(spec *openapi3.T, path string) *openapi3.Operation {
	path = strings.TrimPrefix(path, "/admin")
	for ; path != ""; path = path[:strings.LastIndex(path, "/")] {
		if item := spec.Paths.Value(path); item != nil && item.Get != nil {
			return item.Get
		}
	}
	return nil
}

func tagged(op *openapi3.Operation) bool {
	answer := op.Responses.Status(http.StatusOK)
	return answer != nil && answer.Value.Headers["ETag"] != nil
}
