package contract_test

import (
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rentora/rentora/server/contract"
)

// TestExamples wants an example for every body that an operation takes or gives, and each to be what its schema says.
func TestExamples(t *testing.T) {
	t.Parallel()
	spec, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, item := range spec.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody != nil {
				checked += judge(t, op.OperationID+" takes", op.RequestBody.Value.Content["application/json"])
			}
			for status, answer := range op.Responses.Map() {
				if body := answer.Value.Content["application/json"]; body != nil || strings.HasPrefix(status, "20") && status != "204" && len(answer.Value.Content) == 0 {
					checked += judge(t, op.OperationID+" gives "+status, body)
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d examples", checked)
	}
}

func judge(t *testing.T, where string, body *openapi3.MediaType) int {
	t.Helper()
	if body == nil || len(body.Examples) == 0 {
		t.Errorf("%s a body without an example", where)
		return 0
	}
	for name, example := range body.Examples {
		if err := body.Schema.Value.VisitJSON(example.Value.Value, openapi3.MultiErrors(), openapi3.EnableFormatValidation()); err != nil {
			t.Errorf("%s: the example %s: %v", where, name, err)
		}
	}
	return len(body.Examples)
}
