import type { Shell } from './shells.js';

/**
 * The completion script of a program for a shell. It calls the program on the line, so that it is never out
 * of date.
 */
export function completionScript(shell: Shell, program: string): string {
  const name = `_${program.replaceAll('-', '_')}_completions`;
  return TEMPLATES[shell].replaceAll('FUNCTION', name).replaceAll('PROGRAM', program);
}

const BASH = `# bash completion for PROGRAM
# Installation: eval "$(PROGRAM completion bash)" in ~/.bashrc
FUNCTION() {
  local paths= reply
  COMPREPLY=()
  while IFS= read -r reply; do
    if [ -z "$paths" ]; then paths=$reply; else COMPREPLY+=("$reply"); fi
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" --get-completions bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
  [ \${#COMPREPLY[@]} -eq 0 ] || return 0
  case $paths in
    files) compopt -o default 2>/dev/null ;;
    directories) compopt -o dirnames 2>/dev/null ;;
  esac
  return 0
}
complete -F FUNCTION PROGRAM
`;

const ZSH = `#compdef PROGRAM
# zsh completion for PROGRAM
# Installation: source <(PROGRAM completion zsh) in ~/.zshrc, after compinit
FUNCTION() {
  local -a answer values shown
  local entry value width=0
  local program=\${(Q)words[1]}
  local -a before
  (( CURRENT > 2 )) && before=("\${(@Q)words[2,CURRENT-1]}")
  answer=("\${(@f)$("\${program/#\\~/$HOME}" --get-completions zsh "\${before[@]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  for entry in "\${(@)answer[2,-1]}"; do
    value=\${entry%%$'\\t'*}
    values+=("$value")
    (( \${#value} > width )) && width=\${#value}
  done
  for entry in "\${(@)answer[2,-1]}"; do
    value=\${entry%%$'\\t'*}
    if [[ $entry == *$'\\t'* ]]; then
      shown+=("\${(r:width:)value}  -- \${entry#*$'\\t'}")
    else
      shown+=("$value")
    fi
  done
  if (( \${#values} > 0 )); then
    compadd -l -d shown -a values
    return
  fi
  [[ $PREFIX == -*=* ]] && compset -P '*='
  case $answer[1] in
    files) _files ;;
    directories) _files -/ ;;
    *) return 1 ;;
  esac
}
if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then
  FUNCTION "$@"
else
  compdef FUNCTION PROGRAM
fi
`;

const FISH = `# fish completion for PROGRAM
# Installation: PROGRAM completion fish > ~/.config/fish/completions/PROGRAM.fish
function FUNCTION
  set -l before (commandline -opc)
  set -l raw (commandline -ct)
  set -l current (string unescape -- "$raw"; or string trim -l -c '"\\'' -- "$raw")
  set -l program (string replace -r '^~' -- "$HOME" $before[1])
  set -e before[1]
  set -l answer ($program --get-completions fish $before "$current" 2>/dev/null)
  set -l paths $answer[1]
  set -e answer[1]
  if set -q answer[1]
    printf '%s\\n' $answer
    return
  end
  set -l prefix (string match -r '^--?[^=]+=' -- "$current")
  set -l path (string replace -r '^--?[^=]+=' '' -- "$current")
  switch "$paths"
    case files
      for found in (__fish_complete_path "$path")
        printf '%s\\n' "$prefix$found"
      end
    case directories
      for found in (__fish_complete_directories "$path" '')
        printf '%s\\n' "$prefix$found"
      end
  end
end
complete -c PROGRAM -f -a '(FUNCTION)'
`;

const TEMPLATES: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
