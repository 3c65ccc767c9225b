package errs_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/errs"
)

func TestKindOfFindsTheKindThroughWrapping(t *testing.T) {
	t.Parallel()
	cause := errors.New("23P01")
	err := fmt.Errorf("booking: %w", errs.E(errs.Conflict, "These dates are taken.").Because(cause))
	if got := errs.KindOf(err); got != errs.Conflict {
		t.Errorf("kind = %s, want conflict", got)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
	if got := errs.KindOf(cause); got != errs.Internal {
		t.Errorf("kind of an unclassified error = %s, want internal", got)
	}
	if errs.Is(nil, errs.Internal) {
		t.Error("nil is an error of no kind")
	}
}

func TestFieldsAnswerAllRulesAtOnce(t *testing.T) {
	t.Parallel()
	var f errs.Fields
	if err := f.Err(); err != nil {
		t.Fatalf("no rule broken, yet %v", err)
	}
	f.Check(true, "guests", "min", "never shown")
	f.Check(false, "guests", "min", "Guests must be at least 1.")
	f.Addf("check_out", "after", "Check-out must be after %s.", "2026-03-01")
	var e *errs.Error
	if !errors.As(f.Err(), &e) {
		t.Fatal("not an *errs.Error")
	}
	want := []errs.Field{
		{Field: "guests", Rule: "min", Message: "Guests must be at least 1."},
		{Field: "check_out", Rule: "after", Message: "Check-out must be after 2026-03-01."},
	}
	if diff := cmp.Diff(want, e.Fields); diff != "" {
		t.Error(diff)
	}
	if e.Kind != errs.Invalid || e.Message != "Guests must be at least 1. (and 1 more)" {
		t.Errorf("got %s %q", e.Kind, e.Message)
	}
}

func TestFieldsAreBounded(t *testing.T) {
	t.Parallel()
	var f errs.Fields
	for i := range 100_000 {
		f.Addf(fmt.Sprint(i), "unknown", "%d is unknown.", i)
	}
	var e *errs.Error
	if !errors.As(f.Err(), &e) || len(e.Fields) != 50 || e.Message != "0 is unknown. (and 99999 more)" {
		t.Errorf("%d fields: %s", len(e.Fields), e.Message)
	}
}
