/** "1 execution", "1,204 executions": exact, unlike the counts over lists. */
export const executionsText = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'execution' : 'executions'}`;
