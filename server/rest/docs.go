package rest

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/swaggest/swgui/v5/static"

	"github.com/rentora/rentora/server/errs"
)

// The page that shows the contract to people: our two files, and Swagger UI's own as the module embeds them.
//
//go:embed docs
var ownDocs embed.FS

// docsFiles are what the page may load.
var docsFiles = map[string]bool{"swagger-ui.css": true, "swagger-ui-bundle.js": true, "favicon-32x32.png": true, "start.js": true}

// docsPolicy lets the page load from this server alone. The renderer sets style attributes, and draws icons as data.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func serveDocs(c *fiber.Ctx) error {
	page, err := ownDocs.ReadFile("docs/index.html")
	if err != nil {
		return err
	}
	c.Set("Content-Security-Policy", docsPolicy)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(page)
}

func serveDocsFile(c *fiber.Ctx) error {
	name := c.Params("file")
	if !docsFiles[name] {
		return errs.E(errs.NotFound, "There is nothing at this address.")
	}
	c.Set(fiber.HeaderContentType, mime.TypeByExtension(path.Ext(name)))
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	c.Vary(fiber.HeaderAcceptEncoding)
	if own, err := ownDocs.ReadFile("docs/" + name); err == nil {
		return c.Send(own)
	}
	if plain, err := static.FS.ReadFile(name); err == nil {
		return c.Send(plain)
	}
	packed, err := static.FS.ReadFile(name + ".gz")
	if err != nil {
		return err
	}
	if strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(packed)
	}
	return sendUnpacked(c, packed)
}

func sendUnpacked(c *fiber.Ctx, packed []byte) error {
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	content, err := io.ReadAll(unpacked)
	if err != nil {
		return err
	}
	return c.Send(content)
}
