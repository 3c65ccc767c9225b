package dashboards

// object is a JSON object. Its keys are written in the order of the alphabet.
type object = map[string]any

const (
	columns    = 24
	rowHeight  = 1
	lineHeight = 8
	statHeight = 4
)

var datasource = object{"type": "prometheus", "uid": "${datasource}"}

func (d Dashboard) model() object {
	return object{
		"uid": "rentora-" + d.Name, "title": "Rentora: " + d.Title, "description": d.About, "tags": []string{"rentora"},
		"timezone": "browser", "editable": true, "graphTooltip": 1, "schemaVersion": 39, "refresh": "30s",
		"time": object{"from": "now-6h", "to": "now"}, "timepicker": object{},
		"annotations": object{"list": []any{}}, "links": []any{siblings()},
		"templating": object{"list": variables()}, "panels": d.panels(),
	}
}

// siblings is the menu of our other dashboards, which keeps the chosen platform and time.
func siblings() object {
	return object{"title": "Rentora", "type": "dashboards", "tags": []string{"rentora"}, "asDropdown": true, "includeVars": true,
		"keepTime": true, "icon": "external link", "tooltip": "", "url": "", "targetBlank": false}
}

func variables() []any {
	return []any{
		object{"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus", "hide": 0},
		chosen("namespace", "Namespace", "label_values(rentora_operator_platform_ready, namespace)"),
		chosen("platform", "Platform", `label_values(rentora_operator_platform_ready{namespace=~"$namespace"}, platform)`),
	}
}

func chosen(name, label, query string) object {
	return object{"name": name, "label": label, "type": "query", "datasource": datasource, "query": query, "definition": query,
		"hide": 0, "refresh": 2, "sort": 1, "multi": false, "includeAll": true, "allValue": ".*",
		"current": object{"selected": true, "text": "All", "value": "$__all"}}
}

// panels lays the rows out from the top, each panel beside the one before while there is room.
func (d Dashboard) panels() (all []any) {
	y, id := 0, 0
	for _, row := range d.Rows {
		id++
		all = append(all, object{"type": "row", "id": id, "title": row.Title, "collapsed": false, "panels": []any{}, "gridPos": place(0, y, columns, rowHeight)})
		y += rowHeight
		x, height := 0, 0
		for _, p := range row.Panels {
			w, h := p.size()
			if x+w > columns {
				x, y, height = 0, y+height, 0
			}
			id++
			all = append(all, p.model(id, place(x, y, w, h)))
			x, height = x+w, max(height, h)
		}
		y += height
	}
	return all
}

func place(x, y, w, h int) object { return object{"x": x, "y": y, "w": w, "h": h} }

func (p Panel) size() (width, height int) {
	width, height = columns/3, lineHeight
	if p.Kind == Figure {
		width, height = columns/8, statHeight
	}
	if p.Width > 0 {
		width = p.Width
	}
	return width, height
}

func (p Panel) model(id int, at object) object {
	targets := make([]any, len(p.Queries))
	for i, q := range p.Queries {
		targets[i] = object{"refId": string(rune('A' + i)), "datasource": datasource, "expr": q.Scoped(), "legendFormat": q.legend(),
			"instant": p.Kind == Figure, "range": p.Kind != Figure}
	}
	return object{"id": id, "type": string(p.Kind), "title": p.Title, "description": p.About, "datasource": datasource, "gridPos": at,
		"targets": targets, "options": p.options(), "fieldConfig": object{"defaults": p.defaults(), "overrides": []any{}}}
}

func (q Query) legend() string {
	if q.Legend == "" {
		return "__auto"
	}
	return q.Legend
}

func (p Panel) options() object {
	if p.Kind == Figure {
		return object{"colorMode": "value", "graphMode": "none", "justifyMode": "auto", "orientation": "auto", "textMode": "auto",
			"wideLayout": true, "showPercentChange": false, "percentChangeColorMode": "standard",
			"reduceOptions": object{"calcs": []string{"lastNotNull"}, "fields": "", "values": false}}
	}
	return object{"legend": object{"displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": []string{}},
		"tooltip": object{"mode": "multi", "sort": "desc"}}
}

func (p Panel) defaults() object {
	steps := []any{object{"color": "green", "value": nil}}
	for i, s := range p.Steps {
		if i == 0 && s.From == 0 { // the lowest colour has no value
			steps = []any{object{"color": s.Color, "value": nil}}
			continue
		}
		steps = append(steps, object{"color": s.Color, "value": s.From})
	}
	d := object{"unit": p.Unit, "thresholds": object{"mode": "absolute", "steps": steps}, "mappings": p.mappings()}
	if p.Max != nil {
		d["max"] = *p.Max
	}
	if p.Kind == Lines {
		d["custom"], d["min"] = p.line(), 0
	}
	return d
}

func (p Panel) mappings() []any {
	if p.Yes == "" {
		return []any{}
	}
	return []any{object{"type": "value", "options": object{
		"1": object{"text": p.Yes, "color": "green", "index": 0}, "0": object{"text": p.No, "color": "red", "index": 1}}}}
}

func (p Panel) line() object {
	line := object{"drawStyle": "line", "lineWidth": 1, "fillOpacity": 10, "showPoints": "never", "spanNulls": false,
		"stacking": object{"mode": "none", "group": "A"}, "thresholdsStyle": object{"mode": "off"}}
	if p.Stacked {
		line["stacking"], line["fillOpacity"] = object{"mode": "normal", "group": "A"}, 40
	}
	if len(p.Steps) > 0 {
		line["thresholdsStyle"] = object{"mode": "dashed"}
	}
	return line
}
