;; Copies memory as `memory.copy` does, eight bytes a turn and the rest byte by
;; byte. A copy past the end of the memory is a trap, as it is there.
(func $__memory_copy (param $to i32) (param $from i32) (param $size i32)
  ;; Does `to` lie within what is read? (Before `from`, the difference wraps
  ;; to more than any size.)
  (if (i32.lt_u (i32.sub (local.get $to) (local.get $from)) (local.get $size))
    (then
      ;; From the end, so that nothing is overwritten before it was read.
      (block $short
        (loop $words
          (br_if $short (i32.lt_u (local.get $size) (i32.const 8)))
          (local.set $size (i32.sub (local.get $size) (i32.const 8)))
          (i64.store align=1
            (i32.add (local.get $to) (local.get $size))
            (i64.load align=1 (i32.add (local.get $from) (local.get $size))))
          (br $words)))
      (block $done
        (loop $bytes
          (br_if $done (i32.eqz (local.get $size)))
          (local.set $size (i32.sub (local.get $size) (i32.const 1)))
          (i32.store8
            (i32.add (local.get $to) (local.get $size))
            (i32.load8_u (i32.add (local.get $from) (local.get $size))))
          (br $bytes))))
    (else
      ;; From the beginning. Where `to` lies less than eight bytes before
      ;; `from`, a word is read whole before it is written.
      (block $short
        (loop $words
          (br_if $short (i32.lt_u (local.get $size) (i32.const 8)))
          (i64.store align=1 (local.get $to) (i64.load align=1 (local.get $from)))
          (local.set $to (i32.add (local.get $to) (i32.const 8)))
          (local.set $from (i32.add (local.get $from) (i32.const 8)))
          (local.set $size (i32.sub (local.get $size) (i32.const 8)))
          (br $words)))
      (block $done
        (loop $bytes
          (br_if $done (i32.eqz (local.get $size)))
          (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $size (i32.sub (local.get $size) (i32.const 1)))
          (br $bytes))))))
