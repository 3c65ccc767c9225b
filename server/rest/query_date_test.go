package rest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/oapi-codegen/runtime"

	"github.com/rentora/rentora/server/date"
)

// The generated code binds the dates of a query by reflection; a whole number is not what it must find.
func TestDatesAreReadFromQueries(t *testing.T) {
	t.Parallel()
	var got *date.Date
	query := url.Values{"check_in": {"2028-02-29"}}
	if err := runtime.BindQueryParameterWithOptions("form", true, false, "check_in", query, &got, runtime.BindQueryParameterOptions{Type: "string", Format: "date"}); err != nil {
		t.Fatal(err)
	}
	if got == nil || *got != date.MustParse("2028-02-29") {
		t.Errorf("got %v", got)
	}
}

func TestUnknownFieldsAreNamed(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	e, _ := d.fails(400, http.MethodPost, "/api/v1/auth/login", `{"email":"a@example.test","password":"x","a \"surprise\"":1}`, "Content-Type", "application/json")
	if len(e.FieldErrors) != 1 || e.FieldErrors[0].Field != `a "surprise"` || e.FieldErrors[0].Rule != "unknown" {
		t.Errorf("%+v", e.FieldErrors)
	}
}
