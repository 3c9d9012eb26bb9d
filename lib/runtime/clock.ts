/** Epoch milliseconds. What depends on time is given one, so that tests own it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
