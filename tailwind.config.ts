import type { Config } from 'tailwindcss';

const config: Config = { content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'] };
export default config;
