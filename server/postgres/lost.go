package postgres

import (
	"errors"
	"io"
	"net"
	"syscall"
)

// isConnectionLost tells whether err is the transport's: the server went away in the middle of a conversation.
func isConnectionLost(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, net.ErrClosed)
}
