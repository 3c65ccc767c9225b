package search

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
)

// A search cursor is a page number and a hash of the query: a cursor of another query is refused instead of silently
// answering pages of a list that nobody asked for.

func (q Query) pageNumber() (int, error) {
	if q.Cursor == "" {
		return 1, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(raw) != 10 {
		return 0, errs.InvalidField("cursor", "format", "cursor is not one that a previous page answered; leave it out to start anew.")
	}
	if [8]byte(raw[2:]) != q.hash() {
		return 0, errs.InvalidField("cursor", "query", "cursor belongs to another search; leave it out when the search changes.")
	}
	n := int(binary.BigEndian.Uint16(raw))
	if n < 1 || (n-1)*q.limit() >= MaxDepth {
		return 0, errs.InvalidField("cursor", "depth", "Paging ends after 1,000 hits; narrow the search instead.")
	}
	return n, nil
}

func (q Query) cursor(pageNumber int) string {
	hash := q.hash()
	return base64.RawURLEncoding.EncodeToString(append(binary.BigEndian.AppendUint16(nil, uint16(pageNumber)), hash[:]...))
}

func (q Query) hash() [8]byte {
	q.today = 0 // midnight does not end a list
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %s %s %d", q.Text, q.filter(), q.sortBy(), q.limit()))
	return [8]byte(sum[:8])
}

func (q Query) limit() int {
	if q.Limit == 0 {
		return page.DefaultLimit
	}
	return q.Limit
}
