# usage: bash complete.sh FILE
# Loads the completion and asks it as readline does, which cuts words at "=".
source "$1"
complete -p cloche

ask() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _cloche
  echo "$*: $(printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ')"
}
mkdir folder
ask cloche ''
ask cloche do
ask cloche run --console
ask cloche run -
ask cloche run --lang t
ask cloche run --lang = ''
ask cloche run --lang =
ask cloche run --lang = j
ask cloche run x.js --profile s
ask cloche run he
ask cloche run --context he
ask cloche run --module util = he
ask cloche run --module = util = he
ask cloche run --json he
ask cloche run --seed 1 he
ask cloche run -e 'no'
ask cloche run --timeout ''
ask cloche run x.js -- --he
ask cloche run x.js -- he
ask cloche doctor -
ask cloche help v
ask cloche nothing ''
ask cloche run fold
