;; copyProperties(v, found, n): the part of structuredClone that is done for every property, a side module of the engine.
;;
;; Of a plain object or an array it makes a copy: own enumerable properties with names, as plain data properties, and an
;; array's length. Values are copied as they are. Each that is an object, a function or a symbol is noted in the list
;; `found` from index n on, as the copy, the name and the value, and undefined ends the list. Of any other object it gives
;; the number of its class and does nothing. guest/js/world/clone.js does the rest.
(module
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (import "env" "__stack_pointer" (global $sp (mut i32)))
  (import "env" "__memory_base" (global $data i32))
  (import "env" "__table_base" (global $table i32))
  (import "env" "JS_AtomToValue" (func $atom_value (param i32 i32) (result i64)))
  (import "env" "JS_DefinePropertyValue" (func $define (param i32 i64 i32 i64 i32) (result i32)))
  (import "env" "JS_DefinePropertyValueUint32" (func $define_at (param i32 i64 i32 i64 i32) (result i32)))
  (import "env" "JS_DupValue" (func $dup (param i32 i64) (result i64)))
  (import "env" "JS_FreePropertyEnum" (func $free_names (param i32 i32 i32)))
  (import "env" "JS_FreeValue" (func $free (param i32 i64)))
  (import "env" "JS_GetClassID" (func $class_of (param i64) (result i32)))
  (import "env" "JS_GetGlobalObject" (func $global_object (param i32) (result i64)))
  (import "env" "JS_GetLength" (func $get_length (param i32 i64 i32) (result i32)))
  (import "env" "JS_GetOwnProperty" (func $get_own (param i32 i32 i64 i32) (result i32)))
  (import "env" "JS_GetOwnPropertyNames" (func $get_names (param i32 i32 i32 i64 i32) (result i32)))
  (import "env" "JS_GetProperty" (func $get (param i32 i64 i32) (result i64)))
  (import "env" "JS_NewArray" (func $new_array (param i32) (result i64)))
  (import "env" "JS_NewCFunction2" (func $new_function (param i32 i32 i32 i32 i32 i32) (result i64)))
  (import "env" "JS_NewObject" (func $new_object (param i32) (result i64)))
  (import "env" "JS_SetLength" (func $set_length (param i32 i64 i64) (result i32)))
  (import "env" "JS_SetPropertyStr" (func $set_named (param i32 i64 i32 i64) (result i32)))

  (data (global.get $data) "copyProperties\00")
  (elem (global.get $table) $copy)

  ;; Values as src/core/js_engine.h has them: the tag in the high half.
  (func $tag (param $v i64) (result i32)
    (i32.wrap_i64 (i64.shr_u (local.get $v) (i64.const 32))))

  ;; Puts a value, which is consumed, into a list; false: no memory.
  (func $put (param $ctx i32) (param $list i64) (param $n i32) (param $value i64) (result i32)
    (i32.ge_s (call $define_at (local.get $ctx) (local.get $list) (local.get $n) (local.get $value) (i32.const 7))
              (i32.const 0)))

  ;; Notes that `out` has `value` to replace under `atom`; false: no memory.
  (func $note (param $ctx i32) (param $found i64) (param $n i32) (param $out i64) (param $atom i32) (param $value i64)
              (result i32)
    (local $name i64)
    (if (i32.lt_s (local.get $atom) (i32.const 0)) ;; the atom of an index: the number itself
      (then (local.set $name (i64.extend_i32_u (i32.and (local.get $atom) (i32.const 0x7fffffff)))))
      (else (local.set $name (call $atom_value (local.get $ctx) (local.get $atom)))))
    (i32.and
      (call $put (local.get $ctx) (local.get $found) (local.get $n) (call $dup (local.get $ctx) (local.get $out)))
      (i32.and
        (call $put (local.get $ctx) (local.get $found) (i32.add (local.get $n) (i32.const 1)) (local.get $name))
        (call $put (local.get $ctx) (local.get $found) (i32.add (local.get $n) (i32.const 2))
                   (call $dup (local.get $ctx) (local.get $value))))))

  ;; Copies the properties of `atoms`; false: an exception is there.
  (func $copy_all (param $ctx i32) (param $v i64) (param $out i64) (param $atoms i32) (param $count i32)
                  (param $found i64) (param $n i32) (result i32)
    (local $atom i32) (local $end i32) (local $value i64) (local $tag i32)
    (local.set $end (i32.add (local.get $atoms) (i32.shl (local.get $count) (i32.const 3))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $atoms) (local.get $end)))
        (local.set $atom (i32.load offset=4 (local.get $atoms)))
        (local.set $atoms (i32.add (local.get $atoms) (i32.const 8)))
        (local.set $value (call $get (local.get $ctx) (local.get $v) (local.get $atom)))
        (local.set $tag (call $tag (local.get $value)))
        (if (i32.eq (local.get $tag) (i32.const 6)) ;; exception
          (then (return (i32.const 0))))
        (if (i32.eq (local.get $tag) (i32.const 3)) ;; undefined: a getter may have taken the property away
          (then
            (local.set $tag (call $get_own (local.get $ctx) (i32.const 0) (local.get $v) (local.get $atom)))
            (if (i32.lt_s (local.get $tag) (i32.const 0)) (then (return (i32.const 0))))
            (br_if $next (i32.eqz (local.get $tag)))))
        (if (i32.or (i32.eq (local.get $tag) (i32.const -1)) (i32.eq (local.get $tag) (i32.const -8))) ;; object, symbol
          (then
            (if (i32.eqz (call $note (local.get $ctx) (local.get $found) (local.get $n) (local.get $out)
                                     (local.get $atom) (local.get $value)))
              (then (call $free (local.get $ctx) (local.get $value)) (return (i32.const 0))))
            (local.set $n (i32.add (local.get $n) (i32.const 3)))))
        (if (i32.lt_s (call $define (local.get $ctx) (local.get $out) (local.get $atom) (local.get $value)
                                    (i32.const 7))
                      (i32.const 0))
          (then (return (i32.const 0))))
        (br $next)))
    (call $put (local.get $ctx) (local.get $found) (local.get $n) (i64.const 0x300000000)))

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

  (func $copy (param $ctx i32) (param $this i64) (param $argc i32) (param $argv i32) (result i64)
    (local $v i64) (local $out i64) (local $class i32) (local $at i32) (local $atoms i32) (local $count i32)
    (local $fine i32)
    (local.set $v (i64.load (local.get $argv)))
    (local.set $class (call $class_of (local.get $v)))
    (if (i32.eq (local.get $class) (i32.const 1))
      (then (local.set $out (call $new_object (local.get $ctx))))
      (else
        (if (i32.ne (local.get $class) (i32.const 2)) (then (return (i64.extend_i32_u (local.get $class)))))
        (local.set $out (call $new_array (local.get $ctx)))))
    (if (i32.eq (call $tag (local.get $out)) (i32.const 6)) (then (return (local.get $out))))
    (local.set $at (i32.sub (global.get $sp) (i32.const 16)))
    (global.set $sp (local.get $at))
    (local.set $fine (call $get_names (local.get $ctx) (local.get $at) (i32.add (local.get $at) (i32.const 4))
                                      (local.get $v) (i32.const 17))) ;; strings, enumerable
    (local.set $atoms (i32.load (local.get $at)))
    (local.set $count (i32.load offset=4 (local.get $at)))
    (global.set $sp (i32.add (local.get $at) (i32.const 16)))
    (if (i32.ge_s (local.get $fine) (i32.const 0))
      (then
        (local.set $fine (call $copy_all (local.get $ctx) (local.get $v) (local.get $out) (local.get $atoms)
                                         (local.get $count) (i64.load offset=8 (local.get $argv))
                                         (i32.load offset=16 (local.get $argv))))
        (call $free_names (local.get $ctx) (local.get $atoms) (local.get $count))
        (if (i32.and (local.get $fine) (i32.eq (local.get $class) (i32.const 2)))
          (then (local.set $fine (call $copy_length (local.get $ctx) (local.get $v) (local.get $out)))))
        (if (local.get $fine) (then (return (local.get $out))))))
    (call $free (local.get $ctx) (local.get $out))
    (i64.const 0x600000000))

  (func (export "qjs_ext_copy_init") (param $ctx i32) (param $rt i32) (result i32)
    (local $global i64)
    (local.set $global (call $global_object (local.get $ctx)))
    (drop (call $set_named (local.get $ctx) (local.get $global) (global.get $data)
      (call $new_function (local.get $ctx) (global.get $table) (global.get $data) (i32.const 3) (i32.const 0)
                          (i32.const 0))))
    (call $free (local.get $ctx) (local.get $global))
    (i32.const 0)))
