// Package journey tests the whole product as its users see it: the true programs, on the real servers, over HTTP and mail.
package journey
