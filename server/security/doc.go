// Package security attacks the whole product as a stranger would: the true programs, on the real servers, over HTTP.
package security
