package stack

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Phase is what a supervisor is doing.
type Phase string

// The phases, in their order; Failed is reached from Starting only.
const (
	Starting Phase = "starting"
	Ready    Phase = "ready"
	Failed   Phase = "failed"
	Stopping Phase = "stopping"
	Stopped  Phase = "stopped"
)

// State is what a supervisor says about itself; it lies in the data folder and is answered by the control address.
type State struct {
	Pid       int         `json:"pid"`
	Phase     Phase       `json:"phase"`
	Error     string      `json:"error,omitempty"` // why it failed, with the log's tail and the next step
	Control   string      `json:"control"`         // host:port
	Token     string      `json:"token"`           // proves to the control address that the caller may read this folder
	Keep      bool        `json:"keep"`            // stays up without members
	Durable   bool        `json:"durable"`
	Listen    string      `json:"listen,omitempty"`
	Started   time.Time   `json:"started"`
	Addresses Addresses   `json:"addresses"`
	Parts     []PartState `json:"parts"`
}

// PartState is the condition of one server.
type PartState struct {
	Name    string    `json:"name"`
	State   string    `json:"state"` // starting, ready, crashed, killed, stopped, external
	Pid     int       `json:"pid,omitempty"`
	Address string    `json:"address"`
	Memory  int64     `json:"memory,omitempty"` // bytes
	Started time.Time `json:"started,omitzero"`
	Error   string    `json:"error,omitempty"` // how it crashed
}

// ReadState reads what the last supervisor of the data folder said. It may be dead: see Alive.
func ReadState(dir string) (State, error) {
	var s State
	text, err := os.ReadFile(filepath.Join(dir, stateFile))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("read the stack's state: %w", err)
	}
	return s, nil
}

// WriteState replaces the state in one step. Only the supervisor calls it; the token in it is for the owner's eyes.
func WriteState(dir string, s State) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	next := filepath.Join(dir, stateFile+".next")
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, filepath.Join(dir, stateFile))
}
