import { useEffect, useState } from 'react';

/** The value once it has stayed the same for a moment; compared by its JSON. */
export function useSettled<Value>(value: Value, afterMs = 250): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled((before) => (before.text === text ? before : { text, value: JSON.parse(text) as Value })),
      afterMs,
    );
    return () => clearTimeout(timer);
  }, [text, afterMs]);
  return settled.value;
}
