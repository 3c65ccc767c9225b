package search

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/typesense/typesense-go/v2/typesense"
)

// maxAnswer bounds what is read of an answer: the largest are pages of whole documents.
const maxAnswer = 64 << 20

// call asks the search server what the library has no words for. in is sent as JSON unless nil; the answer goes into out
// unless that is nil. An answer that is no success is a typesense.HTTPError.
func (s *Service) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(encoded)
	}
	answer, err := s.nodes.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return &typesense.HTTPError{Status: answer.StatusCode, Body: content}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(content, out)
}

// stream asks for a path whose answer may be long; the caller closes it.
func (s *Service) stream(ctx context.Context, path string) (io.ReadCloser, error) {
	answer, err := s.nodes.send(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusOK {
		return answer.Body, nil
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return nil, err
	}
	return nil, &typesense.HTTPError{Status: answer.StatusCode, Body: content}
}
