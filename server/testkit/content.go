package testkit

import (
	"fmt"
	"strings"
)

// Content gives a fingerprint of every table's rows by its name, but for when a session was used last, and for the notes
// of what Redis could not be told, which come and go by themselves.
func (p *Program) Content() map[string]string {
	p.t.Helper()
	parts := []string{}
	for _, name := range p.tables() {
		parts = append(parts, fmt.Sprintf(`select '%[1]s', count(*) || ' ' || coalesce(md5(string_agg(r, '|' order by r)), '')
			from (select (to_jsonb(t) - 'last_used_at')::text r from %[1]s t) rows`, name))
	}
	rows, err := p.DB.Query(p.t.Context(), strings.Join(parts, " union all "))
	if err != nil {
		p.t.Fatal(err)
	}
	defer rows.Close()
	prints := map[string]string{}
	for rows.Next() {
		var name, content string
		if err := rows.Scan(&name, &content); err != nil {
			p.t.Fatal(err)
		}
		prints[name] = content
	}
	if err := rows.Err(); err != nil {
		p.t.Fatal(err)
	}
	return prints
}

// Keep remembers every row as it is now.
func (p *Program) Keep() {
	p.t.Helper()
	sql := []string{"drop schema if exists kept cascade", "create schema kept"}
	for _, name := range p.tables() {
		sql = append(sql, fmt.Sprintf("create table kept.%[1]s as table public.%[1]s", name))
	}
	p.atOnce(sql)
}

// PutBack makes the tables' rows those of the last Keep. Redis, Kafka and the caches of running programs are not told.
func (p *Program) PutBack(tables ...string) {
	p.t.Helper()
	sql := []string{"set local session_replication_role = replica"} // no triggers, no foreign keys
	for _, name := range tables {
		sql = append(sql, "delete from public."+name, fmt.Sprintf("insert into public.%[1]s overriding system value select * from kept.%[1]s", name))
	}
	p.atOnce(sql)
}

// atOnce runs statements in one transaction and one round trip.
func (p *Program) atOnce(sql []string) {
	p.t.Helper()
	if _, err := p.DB.Exec(p.t.Context(), "begin; "+strings.Join(sql, "; ")+"; commit"); err != nil {
		p.t.Fatal(err)
	}
}

func (p *Program) tables() []string {
	p.t.Helper()
	var names []string
	err := p.DB.QueryRow(p.t.Context(), `select array_agg(table_name::text order by table_name) from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'changed_accounts'`).Scan(&names)
	if err != nil {
		p.t.Fatal(err)
	}
	return names
}
