package notify

import (
	"context"
	"errors"
	"net"
	netmail "net/mail"
	"strconv"
	"time"

	mail "github.com/wneessen/go-mail"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// SMTP sends by a mail server (RFC 5321), one connection per mail. It is safe for concurrent use.
type SMTP struct {
	from    string
	host    string
	options []mail.Option
}

var tlsPolicies = map[string]mail.TLSPolicy{"none": mail.NoTLS, "opportunistic": mail.TLSOpportunistic, "required": mail.TLSMandatory}

// NewSMTP reads the configuration; nothing is dialled yet.
func NewSMTP(c config.Mail) (*SMTP, error) {
	host, rawPort, err := net.SplitHostPort(c.Addr)
	port, portErr := strconv.Atoi(rawPort)
	if err != nil || portErr != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_SMTP_ADDR is not host:port.")
	}
	s := &SMTP{from: c.From, host: host, options: []mail.Option{mail.WithPort(port), mail.WithTLSPolicy(tlsPolicies[c.TLS]), mail.WithTimeout(10 * time.Second)}}
	if c.Username != "" {
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.Username), mail.WithPassword(c.Password))
	}
	return s, nil
}

// Send delivers one mail. A refusal for good is errs.Invalid. A refusal for now, which concerns this mail, is
// errs.Internal: it is tried a few times and must not hold up the mails of others. A server that is away is errs.Unavailable.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg := mail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return errs.E(errs.Internal, "RENTORA_SMTP_FROM is not an address").Because(err)
	}
	to := netmail.Address{Name: oneLine(m.To.Name), Address: m.To.Email}
	if err := msg.To(to.String()); err != nil {
		return errs.E(errs.Invalid, "the recipient's address is malformed").Because(err)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return errs.E(errs.Internal, "the mail client is misconfigured").Because(err)
	}
	ctx, span := trace.Start(ctx, trace.Client, "smtp send")
	err = client.DialAndSendWithContext(ctx, msg)
	span.End(err)
	if err != nil {
		return refusal(err)
	}
	return nil
}

func refusal(err error) error {
	var sent *mail.SendError
	if errors.As(err, &sent) && !sent.IsTemp() && sent.ErrorCode() >= 500 {
		return errs.E(errs.Invalid, "the mail server refuses the mail").Because(err)
	}
	if code := codeOf(sent); code >= 400 && code != 421 { // 421: the server is closing (RFC 5321, 3.8)
		return errs.E(errs.Internal, "the mail server does not take the mail now").Because(err)
	}
	return errs.E(errs.Unavailable, "the mail server is not reachable").Because(err)
}

// codeOf gives the mail server's answer; 0 when it gave none.
func codeOf(err *mail.SendError) int {
	if err == nil {
		return 0
	}
	return err.ErrorCode()
}
