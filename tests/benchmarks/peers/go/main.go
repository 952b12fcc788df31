// The rule of expression_benchmark.cpp by cel-go, over the same rows.
//
//	peer ROWS
//
// Prints a line of JSON for rows of which all is known, and one for rows with gaps, which are
// unknown by cel-go's partial evaluation. Values are made before the clock starts. Processor time.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"syscall"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
)

const rule = "fee > 0.0 && cc in ['c03', 'c17', 'c29', 'c41', 'c58'] && (hours > 48 || lang != 'ne')"

var languages = []string{"ne", "bn", "hi", "en", "id", "my", "tl", "vi"}

func randomBits(number uint64) uint64 {
	z := (number + 1) * 0x9E3779B97F4A7C15
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

// row is its own activation, so that no map is made for it.
type row struct {
	fee, cc, hours, lang any
	unknown              []*cel.AttributePatternType
}

func (r *row) ResolveName(name string) (any, bool) {
	switch name {
	case "fee":
		return r.fee, true
	case "cc":
		return r.cc, true
	case "hours":
		return r.hours, true
	case "lang":
		return r.lang, true
	}
	return nil, false
}

func (r *row) Parent() cel.Activation { return nil }

// partialRow is a row some of whose values are unknown.
type partialRow struct{ row }

func (r *partialRow) UnknownAttributePatterns() []*cel.AttributePatternType { return r.unknown }

func (r *partialRow) AsPartialActivation() (cel.PartialActivation, bool) { return r, true }

func makeRows(count int, gaps bool) []partialRow {
	var countries, names []any
	for code := 0; code < 64; code++ {
		countries = append(countries, types.String(fmt.Sprintf("c%02d", code)))
	}
	for _, name := range languages {
		names = append(names, types.String(name))
	}
	fee, hours := cel.AttributePattern("fee"), cel.AttributePattern("hours")
	unknown := [][]*cel.AttributePatternType{nil, {fee}, {hours}, {fee, hours}}
	rows := make([]partialRow, count)
	for at := range rows {
		bits := randomBits(uint64(at))
		hundred := (bits & 0xFFFF) % 100
		amount := 0.0
		if hundred >= 20 {
			amount = float64(hundred) * 12.5
		}
		r := &rows[at]
		r.fee = types.Double(amount)
		r.cc = countries[(bits>>16)&63]
		r.hours = types.Int(30 + ((bits>>24)&0xFF)%41)
		r.lang = names[(bits>>32)&7]
		which := 0
		if gaps && ((bits>>40)&0xFFF)%20 == 0 {
			which++
		}
		if gaps && ((bits>>52)&0xFFF)%20 == 0 {
			which += 2
		}
		r.unknown = unknown[which]
	}
	return rows
}

func usage() (seconds float64, megabytes int64) {
	var used syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return float64(used.Utime.Nano()+used.Stime.Nano()) * 1e-9, used.Maxrss >> 10
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "cel.dev/cel-go" {
			return module.Version
		}
	}
	return "unknown"
}

type result struct {
	Peer     string  `json:"peer"`
	Version  string  `json:"version"`
	Rows     int     `json:"rows"`
	Gaps     bool    `json:"gaps"`
	NsRow    float64 `json:"ns_row"`
	CheckUs  float64 `json:"parse_and_check_us"`
	PlanUs   float64 `json:"plan_us"`
	True     int     `json:"true"`
	False    int     `json:"false"`
	NotKnown int     `json:"not_known"`
	PeakMB   int64   `json:"peak_mb"`
}

func measure(count int, gaps bool) {
	env, err := cel.NewEnv(cel.Variable("fee", cel.DoubleType), cel.Variable("cc", cel.StringType),
		cel.Variable("hours", cel.IntType), cel.Variable("lang", cel.StringType))
	must(err)
	options := []cel.EvalOption{cel.OptOptimize}
	if gaps {
		options = append(options, cel.OptPartialEval)
	}
	out := result{Peer: "cel-go", Version: version(), Rows: count, Gaps: gaps}
	const repeats = 500
	var ast *cel.Ast
	start, _ := usage()
	for again := 0; again < repeats; again++ {
		compiled, issues := env.Compile(rule)
		must(issues.Err())
		ast = compiled
	}
	checked, _ := usage()
	out.CheckUs = (checked - start) / repeats * 1e6
	var program cel.Program
	for again := 0; again < repeats; again++ {
		program, err = env.Program(ast, cel.EvalOptions(options...))
		must(err)
	}
	planned, _ := usage()
	out.PlanUs = (planned - checked) / repeats * 1e6

	rows := makeRows(count, gaps)
	start, _ = usage()
	for at := range rows {
		var value any
		if gaps {
			value, _, err = program.Eval(&rows[at])
		} else {
			value, _, err = program.Eval(&rows[at].row)
		}
		switch {
		case err != nil:
			out.NotKnown++
		case value == types.True:
			out.True++
		case value == types.False:
			out.False++
		default:
			out.NotKnown++
		}
	}
	end, peak := usage()
	out.NsRow = (end - start) / float64(count) * 1e9
	out.PeakMB = peak
	line, err := json.Marshal(out)
	must(err)
	fmt.Println(string(line))
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: peer ROWS")
		os.Exit(64)
	}
	count, err := strconv.Atoi(os.Args[1])
	must(err)
	measure(count, false)
	measure(count, true)
}
