/** Light and dark, without anything from elsewhere. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#667;--paper:#fff;--line:#d8dee4;--good:#1a7f37;--bad:#cf222e;--cached:#6e7781;--left:#9a6700}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa4ae;--paper:#0d1117;--line:#30363d;--good:#3fb950;--bad:#f85149;--cached:#8b949e;--left:#d29922}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}td:first-child{overflow-wrap:anywhere;min-width:9rem}td:not(:first-child){white-space:nowrap}th{color:var(--dim);font-weight:600}
code,pre{font:13px ui-monospace,monospace}pre{margin:.2rem 0;white-space:pre-wrap;color:var(--dim)}
.good{color:var(--good)}.bad{color:var(--bad)}.cached{color:var(--cached)}.left{color:var(--left)}
svg{width:100%;height:auto}svg text{fill:var(--ink);font-size:12px}svg .good{fill:var(--good)}svg .bad{fill:var(--bad)}svg .cached{fill:var(--cached)}svg .left{fill:var(--left)}
`.trim();
