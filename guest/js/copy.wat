;; The inner loop of structuredClone, as a side module of the engine: copies of plain objects and arrays, and which copy
;; belongs to which original. guest/js/world/clone.js does the rest.
;;
;;   copyStart()                  begins; gives the address of a state
;;   copyTree(state, v, special)  the copy of v, with all that it holds
;;   copyEnd(state)               ends, and frees the state
;;
;; Own enumerable properties with names become plain data properties, an array keeps its length. For whatever else is met
;; `special(v, class)` is called and gives the copy or throws: `class` is the engine's number, -2 for a symbol. It is
;; called with -1 for an object whose prototype is not the usual one, to throw if that is not to be copied. There is no
;; recursion: what is still to be copied stands in a list.
;;
;; A state: table (of 16 bytes each: original, copy; 0 is empty), its mask, its count, list (of 24 bytes each: a copy, a
;; value in it that is to be replaced, its name as an atom), its capacity, its count. All values in them are owned.
;; Values are as src/core/js_engine.h has them, the tag in the high half.
(module
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (import "env" "__stack_pointer" (global $sp (mut i32)))
  (import "env" "__memory_base" (global $data i32))
  (import "env" "__table_base" (global $table i32))
  (import "env" "JS_Call" (func $js_call (param i32 i64 i64 i32 i32) (result i64)))
  (import "env" "JS_DefinePropertyValue" (func $define (param i32 i64 i32 i64 i32) (result i32)))
  (import "env" "JS_DupAtom" (func $dup_atom (param i32 i32) (result i32)))
  (import "env" "JS_DupValue" (func $dup (param i32 i64) (result i64)))
  (import "env" "JS_FreeAtom" (func $free_atom (param i32 i32)))
  (import "env" "JS_FreePropertyEnum" (func $free_names (param i32 i32 i32)))
  (import "env" "JS_FreeValue" (func $free (param i32 i64)))
  (import "env" "JS_GetClassID" (func $class_of (param i64) (result i32)))
  (import "env" "JS_GetGlobalObject" (func $global_object (param i32) (result i64)))
  (import "env" "JS_GetLength" (func $get_length (param i32 i64 i32) (result i32)))
  (import "env" "JS_GetOwnProperty" (func $get_own (param i32 i32 i64 i32) (result i32)))
  (import "env" "JS_GetOwnPropertyNames" (func $get_names (param i32 i32 i32 i64 i32) (result i32)))
  (import "env" "JS_GetProperty" (func $get (param i32 i64 i32) (result i64)))
  (import "env" "JS_GetPrototype" (func $prototype (param i32 i64) (result i64)))
  (import "env" "JS_NewArray" (func $new_array (param i32) (result i64)))
  (import "env" "JS_NewCFunction2" (func $new_function (param i32 i32 i32 i32 i32 i32) (result i64)))
  (import "env" "JS_NewObject" (func $new_object (param i32) (result i64)))
  (import "env" "JS_SetLength" (func $set_length (param i32 i64 i64) (result i32)))
  (import "env" "JS_SetPropertyStr" (func $set_named (param i32 i64 i32 i64) (result i32)))
  (import "env" "js_free" (func $release (param i32 i32)))
  (import "env" "js_mallocz" (func $allocate (param i32 i32) (result i32)))
  (import "env" "js_realloc" (func $resize (param i32 i32 i32) (result i32)))

  (data (global.get $data) "copyStart\00copyTree\00copyEnd\00")
  (elem (global.get $table) $start $tree $end)

  (func $tag (param $v i64) (result i32)
    (i32.wrap_i64 (i64.shr_u (local.get $v) (i64.const 32))))
  (func $is_exception (param $v i64) (result i32)
    (i32.eq (call $tag (local.get $v)) (i32.const 6)))

  ;; ---- originals and copies

  ;; The entry of an original, or the empty one where it belongs. There is always an empty one.
  (func $entry (param $state i32) (param $v i64) (result i32)
    (local $hash i32) (local $at i32) (local $key i64)
    (local.set $hash (i32.mul (i32.shr_u (i32.wrap_i64 (local.get $v)) (i32.const 3)) (i32.const 0x9e3779b1)))
    (local.set $hash (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 15))))
    (loop $next (result i32)
      (local.set $at (i32.add (i32.load (local.get $state))
        (i32.shl (i32.and (local.get $hash) (i32.load offset=4 (local.get $state))) (i32.const 4))))
      (local.set $key (i64.load (local.get $at)))
      (if (i64.eq (local.get $key) (local.get $v)) (then (return (local.get $at))))
      (if (i64.eqz (local.get $key)) (then (return (local.get $at))))
      (local.set $hash (i32.add (local.get $hash) (i32.const 1)))
      (br $next)))

  ;; Doubles the table; false: no memory.
  (func $grow (param $ctx i32) (param $state i32) (result i32)
    (local $old i32) (local $at i32) (local $end i32) (local $to i32) (local $bytes i32)
    (local.set $old (i32.load (local.get $state)))
    (local.set $bytes (i32.shl (i32.add (i32.load offset=4 (local.get $state)) (i32.const 1)) (i32.const 4)))
    (local.set $to (call $allocate (local.get $ctx) (i32.shl (local.get $bytes) (i32.const 1))))
    (if (i32.eqz (local.get $to)) (then (return (i32.const 0))))
    (i32.store (local.get $state) (local.get $to))
    (i32.store offset=4 (local.get $state)
      (i32.add (i32.shl (i32.load offset=4 (local.get $state)) (i32.const 1)) (i32.const 1)))
    (local.set $at (local.get $old))
    (local.set $end (i32.add (local.get $old) (local.get $bytes)))
    (loop $next
      (if (i64.ne (i64.load (local.get $at)) (i64.const 0))
        (then
          (local.set $to (call $entry (local.get $state) (i64.load (local.get $at))))
          (i64.store (local.get $to) (i64.load (local.get $at)))
          (i64.store offset=8 (local.get $to) (i64.load offset=8 (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.ne (local.get $at) (local.get $end))))
    (call $release (local.get $ctx) (local.get $old))
    (i32.const 1))

  ;; Notes the copy of an original; false: no memory.
  (func $note (param $ctx i32) (param $state i32) (param $v i64) (param $out i64) (result i32)
    (local $at i32) (local $count i32)
    (local.set $count (i32.add (i32.load offset=8 (local.get $state)) (i32.const 1)))
    (if (i32.gt_u (i32.shl (local.get $count) (i32.const 1)) (i32.load offset=4 (local.get $state)))
      (then (if (i32.eqz (call $grow (local.get $ctx) (local.get $state))) (then (return (i32.const 0))))))
    (local.set $at (call $entry (local.get $state) (local.get $v)))
    (i64.store (local.get $at) (call $dup (local.get $ctx) (local.get $v)))
    (i64.store offset=8 (local.get $at) (call $dup (local.get $ctx) (local.get $out)))
    (i32.store offset=8 (local.get $state) (local.get $count))
    (i32.const 1))

  ;; ---- what is still to be copied

  ;; Lists a value in a copy; false: no memory.
  (func $list (param $ctx i32) (param $state i32) (param $out i64) (param $v i64) (param $atom i32) (result i32)
    (local $at i32) (local $count i32) (local $room i32)
    (local.set $count (i32.load offset=20 (local.get $state)))
    (local.set $room (i32.load offset=16 (local.get $state)))
    (if (i32.eq (local.get $count) (local.get $room))
      (then
        (local.set $room (i32.add (i32.shl (local.get $room) (i32.const 1)) (i32.const 16)))
        (local.set $at (call $resize (local.get $ctx) (i32.load offset=12 (local.get $state))
          (select (i32.mul (local.get $room) (i32.const 24)) (i32.const 0xfffffff0) ;; or more than there can be
                  (i32.lt_u (local.get $room) (i32.const 0x5000000)))))
        (if (i32.eqz (local.get $at)) (then (return (i32.const 0))))
        (i32.store offset=12 (local.get $state) (local.get $at))
        (i32.store offset=16 (local.get $state) (local.get $room))))
    (local.set $at (i32.add (i32.load offset=12 (local.get $state)) (i32.mul (local.get $count) (i32.const 24))))
    (i64.store (local.get $at) (call $dup (local.get $ctx) (local.get $out)))
    (i64.store offset=8 (local.get $at) (call $dup (local.get $ctx) (local.get $v)))
    (i32.store offset=16 (local.get $at) (call $dup_atom (local.get $ctx) (local.get $atom)))
    (i32.store offset=20 (local.get $state) (i32.add (local.get $count) (i32.const 1)))
    (i32.const 1))

  ;; ---- copying

  ;; Copies the properties of `atoms`; false: an exception is there.
  (func $copy_all (param $ctx i32) (param $state i32) (param $v i64) (param $out i64) (param $atoms i32)
                  (param $count i32) (result i32)
    (local $atom i32) (local $end i32) (local $value i64) (local $tag i32)
    (local.set $end (i32.add (local.get $atoms) (i32.shl (local.get $count) (i32.const 3))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $atoms) (local.get $end)))
        (local.set $atom (i32.load offset=4 (local.get $atoms)))
        (local.set $atoms (i32.add (local.get $atoms) (i32.const 8)))
        (local.set $value (call $get (local.get $ctx) (local.get $v) (local.get $atom)))
        (local.set $tag (call $tag (local.get $value)))
        (if (i32.eq (local.get $tag) (i32.const 6)) (then (return (i32.const 0))))
        (if (i32.eq (local.get $tag) (i32.const 3)) ;; undefined: a getter may have taken the property away
          (then
            (local.set $tag (call $get_own (local.get $ctx) (i32.const 0) (local.get $v) (local.get $atom)))
            (if (i32.lt_s (local.get $tag) (i32.const 0)) (then (return (i32.const 0))))
            (br_if $next (i32.eqz (local.get $tag)))))
        (if (i32.or (i32.eq (local.get $tag) (i32.const -1)) (i32.eq (local.get $tag) (i32.const -8))) ;; object, symbol
          (then
            (if (i32.eqz (call $list (local.get $ctx) (local.get $state) (local.get $out) (local.get $value)
                                     (local.get $atom)))
              (then (call $free (local.get $ctx) (local.get $value)) (return (i32.const 0))))))
        (if (i32.lt_s (call $define (local.get $ctx) (local.get $out) (local.get $atom) (local.get $value)
                                    (i32.const 7))
                      (i32.const 0))
          (then (return (i32.const 0))))
        (br $next)))
    (i32.const 1))

  ;; Gives `out` the length of `v`; false: an exception is there.
  (func $copy_length (param $ctx i32) (param $v i64) (param $out i64) (result i32)
    (local $at i32) (local $length i64) (local $fine i32)
    (local.set $at (i32.sub (global.get $sp) (i32.const 16)))
    (global.set $sp (local.get $at))
    (local.set $fine
      (i32.and (i32.ge_s (call $get_length (local.get $ctx) (local.get $v) (local.get $at)) (i32.const 0))
               (i32.ge_s (call $get_length (local.get $ctx) (local.get $out) (i32.add (local.get $at) (i32.const 8)))
                         (i32.const 0))))
    (local.set $length (i64.load (local.get $at)))
    (if (i32.and (local.get $fine) (i64.ne (local.get $length) (i64.load offset=8 (local.get $at))))
      (then (local.set $fine (i32.ge_s (call $set_length (local.get $ctx) (local.get $out) (local.get $length))
                                       (i32.const 0)))))
    (global.set $sp (i32.add (local.get $at) (i32.const 16)))
    (local.get $fine))

  (func $same_prototype (param $ctx i32) (param $v i64) (param $out i64) (result i32)
    (local $a i64) (local $b i64)
    (local.set $a (call $prototype (local.get $ctx) (local.get $v)))
    (local.set $b (call $prototype (local.get $ctx) (local.get $out)))
    (call $free (local.get $ctx) (local.get $a))
    (call $free (local.get $ctx) (local.get $b))
    (i64.eq (local.get $a) (local.get $b)))

  (func $call_special (param $ctx i32) (param $special i64) (param $v i64) (param $class i32) (result i64)
    (local $at i32) (local $out i64)
    (local.set $at (i32.sub (global.get $sp) (i32.const 16)))
    (global.set $sp (local.get $at))
    (i64.store (local.get $at) (local.get $v))
    (i64.store offset=8 (local.get $at) (i64.extend_i32_u (local.get $class)))
    (local.set $out (call $js_call (local.get $ctx) (local.get $special) (i64.const 0x300000000) (i32.const 2)
                                   (local.get $at)))
    (global.set $sp (i32.add (local.get $at) (i32.const 16)))
    (local.get $out))

  ;; Fills the copy of a plain object or an array; false: an exception is there.
  (func $fill (param $ctx i32) (param $state i32) (param $v i64) (param $out i64) (param $special i64) (param $class i32)
              (result i32)
    (local $at i32) (local $atoms i32) (local $count i32) (local $fine i32) (local $answer i64)
    (local.set $at (i32.sub (global.get $sp) (i32.const 16)))
    (global.set $sp (local.get $at))
    (local.set $fine (call $get_names (local.get $ctx) (local.get $at) (i32.add (local.get $at) (i32.const 4))
                                      (local.get $v) (i32.const 17))) ;; strings, enumerable
    (local.set $atoms (i32.load (local.get $at)))
    (local.set $count (i32.load offset=4 (local.get $at)))
    (global.set $sp (i32.add (local.get $at) (i32.const 16)))
    (if (i32.lt_s (local.get $fine) (i32.const 0)) (then (return (i32.const 0))))
    (local.set $fine (call $copy_all (local.get $ctx) (local.get $state) (local.get $v) (local.get $out)
                                     (local.get $atoms) (local.get $count)))
    (call $free_names (local.get $ctx) (local.get $atoms) (local.get $count))
    (if (i32.eqz (local.get $fine)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $class) (i32.const 2))
      (then
        (if (i32.eqz (call $copy_length (local.get $ctx) (local.get $v) (local.get $out)))
          (then (return (i32.const 0))))))
    (if (call $same_prototype (local.get $ctx) (local.get $v) (local.get $out)) (then (return (i32.const 1))))
    (local.set $answer (call $call_special (local.get $ctx) (local.get $special) (local.get $v) (i32.const -1)))
    (if (call $is_exception (local.get $answer)) (then (return (i32.const 0))))
    (call $free (local.get $ctx) (local.get $answer))
    (i32.const 1))

  ;; The copy of any value, what it holds being listed; or an exception.
  (func $copy (param $ctx i32) (param $state i32) (param $v i64) (param $special i64) (result i64)
    (local $out i64) (local $class i32) (local $at i32)
    (if (i32.eq (call $tag (local.get $v)) (i32.const -8))
      (then (return (call $call_special (local.get $ctx) (local.get $special) (local.get $v) (i32.const -2)))))
    (if (i32.ne (call $tag (local.get $v)) (i32.const -1))
      (then (return (call $dup (local.get $ctx) (local.get $v)))))
    (local.set $at (call $entry (local.get $state) (local.get $v)))
    (if (i64.ne (i64.load (local.get $at)) (i64.const 0))
      (then (return (call $dup (local.get $ctx) (i64.load offset=8 (local.get $at))))))
    (local.set $class (call $class_of (local.get $v)))
    (if (i32.gt_u (i32.sub (local.get $class) (i32.const 1)) (i32.const 1)) ;; neither a plain object nor an array
      (then
        (local.set $out (call $call_special (local.get $ctx) (local.get $special) (local.get $v) (local.get $class)))
        (if (call $is_exception (local.get $out)) (then (return (local.get $out)))))
      (else
        (if (i32.eq (local.get $class) (i32.const 1))
          (then (local.set $out (call $new_object (local.get $ctx))))
          (else (local.set $out (call $new_array (local.get $ctx)))))
        (if (call $is_exception (local.get $out)) (then (return (local.get $out))))
        (if (i32.eqz (call $fill (local.get $ctx) (local.get $state) (local.get $v) (local.get $out) (local.get $special)
                                 (local.get $class)))
          (then (call $free (local.get $ctx) (local.get $out)) (return (i64.const 0x600000000))))))
    (if (i32.eqz (call $note (local.get $ctx) (local.get $state) (local.get $v) (local.get $out)))
      (then (call $free (local.get $ctx) (local.get $out)) (return (i64.const 0x600000000))))
    (local.get $out))

  ;; Takes the last value off the list and gives its copy its place; false: an exception is there.
  (func $replace_last (param $ctx i32) (param $state i32) (param $special i64) (result i32)
    (local $at i32) (local $count i32) (local $out i64) (local $v i64) (local $atom i32) (local $copy i64)
    (local $fine i32)
    (local.set $count (i32.sub (i32.load offset=20 (local.get $state)) (i32.const 1)))
    (i32.store offset=20 (local.get $state) (local.get $count))
    (local.set $at (i32.add (i32.load offset=12 (local.get $state)) (i32.mul (local.get $count) (i32.const 24))))
    (local.set $out (i64.load (local.get $at)))
    (local.set $v (i64.load offset=8 (local.get $at)))
    (local.set $atom (i32.load offset=16 (local.get $at)))
    (local.set $copy (call $copy (local.get $ctx) (local.get $state) (local.get $v) (local.get $special)))
    (if (i32.eqz (call $is_exception (local.get $copy)))
      (then
        (local.set $fine (i32.ge_s (call $define (local.get $ctx) (local.get $out) (local.get $atom) (local.get $copy)
                                                 (i32.const 7))
                                   (i32.const 0)))))
    (call $free (local.get $ctx) (local.get $out))
    (call $free (local.get $ctx) (local.get $v))
    (call $free_atom (local.get $ctx) (local.get $atom))
    (local.get $fine))

  ;; ---- the functions

  (func $start (param $ctx i32) (param $this i64) (param $argc i32) (param $argv i32) (result i64)
    (local $state i32) (local $table i32)
    (local.set $state (call $allocate (local.get $ctx) (i32.const 24)))
    (if (i32.eqz (local.get $state)) (then (return (i64.const 0x600000000))))
    (local.set $table (call $allocate (local.get $ctx) (i32.const 128)))
    (if (i32.eqz (local.get $table))
      (then (call $release (local.get $ctx) (local.get $state)) (return (i64.const 0x600000000))))
    (i32.store (local.get $state) (local.get $table))
    (i32.store offset=4 (local.get $state) (i32.const 7))
    (i64.extend_i32_u (local.get $state)))

  (func $tree (param $ctx i32) (param $this i64) (param $argc i32) (param $argv i32) (result i64)
    (local $state i32) (local $special i64) (local $out i64)
    (local.set $state (i32.load (local.get $argv)))
    (local.set $special (i64.load offset=16 (local.get $argv)))
    (local.set $out (call $copy (local.get $ctx) (local.get $state) (i64.load offset=8 (local.get $argv))
                                (local.get $special)))
    (if (call $is_exception (local.get $out)) (then (return (local.get $out))))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (i32.load offset=20 (local.get $state))))
        (br_if $next (call $replace_last (local.get $ctx) (local.get $state) (local.get $special)))
        (call $free (local.get $ctx) (local.get $out))
        (return (i64.const 0x600000000))))
    (local.get $out))

  (func $end (param $ctx i32) (param $this i64) (param $argc i32) (param $argv i32) (result i64)
    (local $state i32) (local $at i32) (local $count i32)
    (local.set $state (i32.load (local.get $argv)))
    (local.set $at (i32.load (local.get $state)))
    (local.set $count (i32.load offset=4 (local.get $state)))
    (loop $next ;; empty entries are numbers, which need no freeing
      (call $free (local.get $ctx) (i64.load (local.get $at)))
      (call $free (local.get $ctx) (i64.load offset=8 (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (i32.ge_s (local.get $count) (i32.const 0))))
    (local.set $at (i32.load offset=12 (local.get $state)))
    (local.set $count (i32.load offset=20 (local.get $state)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (call $free (local.get $ctx) (i64.load (local.get $at)))
        (call $free (local.get $ctx) (i64.load offset=8 (local.get $at)))
        (call $free_atom (local.get $ctx) (i32.load offset=16 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 24)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (call $release (local.get $ctx) (i32.load (local.get $state)))
    (call $release (local.get $ctx) (i32.load offset=12 (local.get $state)))
    (call $release (local.get $ctx) (local.get $state))
    (i64.const 0x300000000))

  (func $publish (param $ctx i32) (param $global i64) (param $number i32) (param $name i32) (param $length i32)
    (drop (call $set_named (local.get $ctx) (local.get $global) (i32.add (global.get $data) (local.get $name))
      (call $new_function (local.get $ctx) (i32.add (global.get $table) (local.get $number))
                          (i32.add (global.get $data) (local.get $name)) (local.get $length) (i32.const 0)
                          (i32.const 0)))))

  (func (export "qjs_ext_copy_init") (param $ctx i32) (param $rt i32) (result i32)
    (local $global i64)
    (local.set $global (call $global_object (local.get $ctx)))
    (call $publish (local.get $ctx) (local.get $global) (i32.const 0) (i32.const 0) (i32.const 0))
    (call $publish (local.get $ctx) (local.get $global) (i32.const 1) (i32.const 10) (i32.const 3))
    (call $publish (local.get $ctx) (local.get $global) (i32.const 2) (i32.const 19) (i32.const 1))
    (call $free (local.get $ctx) (local.get $global))
    (i32.const 0)))
