package notify

import (
	"bytes"
	"embed"
	"fmt"
	html "html/template"
	"strings"
	text "text/template"
)

// content is what a mail says; the two layouts turn it into plain text and HTML, so that both always say the same.
type content struct {
	Subject    string
	Preview    string // what a mail client shows beside the subject
	Heading    string
	Paragraphs []string
	Quote      string // words of another person
	Facts      []fact
	Action     *action
	Footnote   string // why the reader has this mail, or what to do when they did not ask for it
}

type fact struct{ Label, Value string }

type action struct{ Label, URL string }

//go:embed templates
var templates embed.FS

var (
	htmlLayout = html.Must(html.ParseFS(templates, "templates/layout.html"))
	textLayout = text.Must(text.New("layout.txt").Funcs(text.FuncMap{"lines": lines}).ParseFS(templates, "templates/layout.txt"))
)

func lines(s string) []string { return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }

func render(c content) (plain, rich string, err error) {
	var p, r bytes.Buffer
	if err := textLayout.Execute(&p, c); err != nil {
		return "", "", fmt.Errorf("notify: plain text of %q: %w", c.Subject, err)
	}
	if err := htmlLayout.Execute(&r, c); err != nil {
		return "", "", fmt.Errorf("notify: HTML of %q: %w", c.Subject, err)
	}
	return p.String(), r.String(), nil
}
