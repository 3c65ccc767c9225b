package errs

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// Panic is a panic that was recovered.
type Panic struct {
	value any
	calls []uintptr
}

// Recovered makes an error of what recover gave; call it in the function that recovers.
func Recovered(value any) *Panic {
	calls := make([]uintptr, 64)
	return &Panic{value: value, calls: calls[:runtime.Callers(2, calls)]}
}

// Error says the panic's value and where it was, with its stack: it is for the log.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.Stack()) }

// Value is what the panic said, without its stack.
func (p *Panic) Value() string { return fmt.Sprintf("panic: %v", p.value) }

// Frames are the calls that led to the panic, the innermost first.
func (p *Panic) Frames() []runtime.Frame {
	var list []runtime.Frame
	frames, raised := runtime.CallersFrames(p.calls), false
	for {
		frame, more := frames.Next()
		if raised {
			list = append(list, frame)
		}
		raised = raised || frame.Function == "runtime.gopanic"
		if !more {
			return list
		}
	}
}

// Stack lists functions, files and lines; unlike the runtime's own it holds no arguments.
func (p *Panic) Stack() string {
	var b strings.Builder
	for _, f := range p.Frames() {
		fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Function, f.File, f.Line)
	}
	return b.String()
}

// module starts the name of every function of ours.
const module = "github.com/rentora/rentora/"

// Place gives the function of ours where err arose: of a panic the innermost, of an Internal error the one that made it
// ("server/booking.(*Service).Request"). Empty when nobody noted it.
func Place(err error) string {
	var raised *Panic
	if errors.As(err, &raised) {
		return firstOfOurs(raised.Frames())
	}
	var known *Error
	if errors.As(err, &known) && known.Kind == Internal {
		frames := runtime.CallersFrames(known.made[:])
		first, _ := frames.Next()
		second, _ := frames.Next()
		third, _ := frames.Next()
		return firstOfOurs([]runtime.Frame{first, second, third})
	}
	return ""
}

func firstOfOurs(frames []runtime.Frame) string {
	for _, f := range frames {
		if name, ours := strings.CutPrefix(f.Function, module); ours && !strings.HasPrefix(name, "server/errs.E") {
			return name
		}
	}
	return ""
}
