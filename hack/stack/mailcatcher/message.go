package mailcatcher

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// Message is one mail as programs and people want to see it. From and To are those of the envelope.
type Message struct {
	ID        string    `json:"id"`
	From      string    `json:"from"`
	To        []string  `json:"to"`
	Subject   string    `json:"subject"`
	Date      time.Time `json:"date"` // the mail's own; its arrival when it has none
	MessageID string    `json:"message_id"`
	Text      string    `json:"text"`
	HTML      string    `json:"html"`
	Raw       []byte    `json:"-"`
}

// maxDepth bounds how deep parts may lie in parts.
const maxDepth = 8

// parse reads what it can; a mail that is not well formed is kept with its raw text.
func parse(from string, to []string, raw []byte, arrived time.Time) Message {
	m := Message{From: from, To: to, Date: arrived.UTC(), Raw: raw}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		m.Text = string(raw)
		return m
	}
	subject := read.Header.Get("Subject")
	if decoded, err := new(mime.WordDecoder).DecodeHeader(subject); err == nil {
		subject = decoded
	}
	m.Subject, m.MessageID = subject, strings.Trim(read.Header.Get("Message-Id"), "<>")
	if date, err := read.Header.Date(); err == nil {
		m.Date = date.UTC()
	}
	m.body(textproto.MIMEHeader(read.Header), read.Body, maxDepth)
	return m
}

// body takes the first plain and the first HTML text of a part and of the parts in it.
func (m *Message) body(header textproto.MIMEHeader, r io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(cmp.Or(header.Get("Content-Type"), "text/plain"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && depth > 0 {
		parts := multipart.NewReader(r, params["boundary"])
		for part, err := parts.NextRawPart(); err == nil; part, err = parts.NextRawPart() {
			m.body(part.Header, part, depth-1)
		}
		return
	}
	if strings.HasPrefix(header.Get("Content-Disposition"), "attachment") {
		return
	}
	text, _ := io.ReadAll(decoder(header.Get("Content-Transfer-Encoding"), r)) // what could be read is worth showing
	switch {
	case kind == "text/plain" && m.Text == "":
		m.Text = strings.ReplaceAll(string(text), "\r\n", "\n") // the API is read by programs: lines end as they expect
	case kind == "text/html" && m.HTML == "":
		m.HTML = string(text)
	}
}

func decoder(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
