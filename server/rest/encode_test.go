package rest

import (
	stdjson "encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/goccy/go-json"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
)

// answered are the answers of the contract, each form once.
var answered = []any{
	contract.AccountEnvelope{}, contract.AccountsEnvelope{}, contract.AuditEnvelope{}, contract.AvailabilityRulesEnvelope{}, contract.BlockEnvelope{},
	contract.BlocksEnvelope{}, contract.BookingEnvelope{}, contract.BookingHistoryEnvelope{}, contract.BookingsEnvelope{}, contract.CalendarEnvelope{},
	contract.CancellationEnvelope{}, contract.DeadLetterEnvelope{}, contract.DeadLettersEnvelope{}, contract.DoneEnvelope{},
	contract.ErrorGroupEnvelope{}, contract.ErrorGroupsEnvelope{}, contract.FailureEnvelope{}, contract.ListingEnvelope{}, contract.ListingsEnvelope{},
	contract.PlacesEnvelope{}, contract.PresignedUploadEnvelope{}, contract.PriceEnvelope{}, contract.QuoteEnvelope{},
	contract.RetriedDeadLettersEnvelope{}, contract.SearchEnvelope{}, contract.SessionsEnvelope{}, contract.TokensEnvelope{}, contract.UploadEnvelope{},
	contract.UserEnvelope{}, contract.VerificationsEnvelope{},
}

// TestAnswersAreEncodedAsTheStandardLibraryDoes compares every answer, empty and full of what encoders differ in.
func TestAnswersAreEncodedAsTheStandardLibraryDoes(t *testing.T) {
	t.Parallel()
	for _, empty := range answered {
		for round := range 4 {
			v := reflect.New(reflect.TypeOf(empty)).Elem()
			if round > 0 {
				(&filler{round: round}).fill(v, 0)
			}
			want, err := stdjson.Marshal(v.Interface())
			if err != nil {
				t.Fatalf("%T: %v", empty, err)
			}
			got, err := json.Marshal(v.Interface())
			if err != nil || string(got) != string(want) {
				t.Errorf("%T, round %d: %v\ngot  %s\nwant %s", empty, round, err, got, want)
			}
		}
	}
}

// filler puts values into everything that a value has.
type filler struct{ round, n int }

var (
	texts  = []string{"plain", "<b>&amp;\u2028\u2029</b>", "größe 写真 \U0001F3E0", "\xff\xfe broken", "\"quoted\" \\ \b\f\n\r\t\x00\x7f", ""}
	floats = []float64{0, 1e-7, 1e21, -38.712345, 123456789.125, math.Copysign(0, -1), 0.1, 1e20}
	times  = []time.Time{time.Date(2028, 2, 29, 23, 59, 59, 123456789, time.UTC), time.Date(1999, 1, 1, 0, 0, 0, 0, time.FixedZone("", 5400)), {}}
	anys   = []any{nil, []string(nil), []string{}, map[string]any{"b": 1, "a": []any{nil, "<x>"}}, "text", 7, 0.5, true}
)

func (f *filler) fill(v reflect.Value, depth int) {
	f.n++
	pick := f.n + 7*f.round
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = times[pick%len(times)]
		return
	case *uuid.UUID:
		*x = uuid.UUID{byte(pick), 0xff, 15: byte(f.round)}
		return
	case *any:
		*x = anys[pick%len(anys)]
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				f.fill(v.Field(i), depth+1)
			}
		}
	case reflect.Pointer:
		if f.round > 1 || pick%2 == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		if n := pick % 4; n > 0 && depth < 12 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				f.fill(v.Index(i), depth+1)
			}
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"z", "a<b", "m"} {
			e := reflect.New(v.Type().Elem()).Elem()
			f.fill(e, depth+1)
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), e)
		}
	default:
		f.scalar(v, pick)
	}
}

func (f *filler) scalar(v reflect.Value, pick int) {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(texts[pick%len(texts)])
	case v.CanInt():
		v.SetInt(int64(pick * 10))
	case v.CanUint():
		v.SetUint(uint64(pick))
	case v.CanFloat():
		v.SetFloat(floats[pick%len(floats)])
	case v.Kind() == reflect.Bool:
		v.SetBool(pick%2 == 0)
	}
}
