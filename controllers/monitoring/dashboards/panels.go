package dashboards

// figure is a number as it is now, lines its way through time.
func figure(title, unit, about, expr string, steps ...Step) Panel {
	return Panel{Title: title, Unit: unit, About: about, Kind: Figure, Queries: []Query{{Expr: expr}}, Steps: steps}
}

func lines(title, unit, about string, queries ...Query) Panel {
	return Panel{Title: title, Unit: unit, About: about, Kind: Lines, Queries: queries}
}

func stacked(title, unit, about string, queries ...Query) Panel {
	p := lines(title, unit, about, queries...)
	p.Stacked = true
	return p
}

// warned draws a line at the value at which an alert begins.
func (p Panel) warned(at float64) Panel {
	p.Steps = []Step{{0, "green"}, {at, "red"}}
	return p
}

func (p Panel) wide(w int) Panel {
	p.Width = w
	return p
}

// yesNo says words for 1 and 0, with one figure for each series.
func yesNo(title, about, expr, legend, yes, no string) Panel {
	p := figure(title, "short", about, expr, Step{0, "red"}, Step{1, "green"})
	p.Queries[0].Legend, p.Yes, p.No = legend, yes, no
	return p
}

// share is a part of one, at most all.
func share(title, about string, queries ...Query) Panel {
	p, most := lines(title, "percentunit", about, queries...), 1.0
	p.Max = &most
	return p
}

// above colours a figure that should not be above a value, below one that should not be below.
func above(at float64) []Step { return []Step{{0, "green"}, {at, "red"}} }
func below(at float64) []Step { return []Step{{0, "red"}, {at, "green"}} }
