import { useEffect, useState } from 'react'

/** The value once it has not changed for a while; what it was before until then. */
export function useSettled<Value>(value: Value, calmMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), calmMs)
    return () => clearTimeout(timer)
  }, [value, calmMs])
  return settled
}
