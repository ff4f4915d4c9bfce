/** Light and dark, without external resources. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#667;--paper:#fff;--line:#d8dee4;--good:#1a7f37;--bad:#cf222e;--cached:#6e7781;--left:#9a6700;--plain:#0969da}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa4ae;--paper:#0d1117;--line:#30363d;--good:#3fb950;--bad:#f85149;--cached:#8b949e;--left:#d29922;--plain:#4493f8}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}td:first-child{overflow-wrap:anywhere;min-width:9rem}td:not(:first-child){white-space:nowrap}th{color:var(--dim);font-weight:600}
code,pre{font:13px ui-monospace,monospace}pre{margin:.2rem 0;white-space:pre-wrap;color:var(--dim)}
.good{color:var(--good)}.bad{color:var(--bad)}.cached{color:var(--cached)}.left{color:var(--left)}
ul.bars,ul.legend{list-style:none;margin:0;padding:0;font-size:13px;font-variant-numeric:tabular-nums}
.bars li{display:grid;grid-template-columns:22rem 1fr 5rem;gap:0 .6rem;align-items:center;padding:.1rem 0}.bars .name{text-align:right;overflow-wrap:anywhere}.bars svg{width:100%;height:18px}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin-bottom:.5rem}.key{width:.8em;height:.8em;margin-right:.4em}.key rect{width:100%;height:100%}
rect.good{fill:var(--good)}rect.bad{fill:var(--bad)}rect.cached{fill:var(--cached)}rect.left{fill:var(--left)}rect.plain{fill:var(--plain)}
.wide{overflow-x:auto}.drawing{max-width:100%;height:auto}li,pre{overflow-wrap:anywhere}
@media(max-width:40rem){.bars li{grid-template-columns:1fr 5rem}.bars .name{grid-column:1/-1;text-align:left}dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
`.trim();
