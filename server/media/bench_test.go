package media_test

import "testing"

// BenchmarkProcess takes one photograph of 1536 × 1024 through the whole of Process: fetch, eight variants, store, decide.
func BenchmarkProcess(b *testing.B) {
	s := newStudio(b)
	data := photo(b, "cabin-01-living.jpg")
	for b.Loop() {
		b.StopTimer()
		id := s.uploaded(b, "image/jpeg", data)
		b.StartTimer()
		if err := s.Process(b.Context(), id); err != nil {
			b.Fatal(err)
		}
	}
}
