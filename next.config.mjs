/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true }, // none is Next's to shrink, so its address for that stays closed
  compress: true, // pages; what was built is sent as lib/server/built-files.ts has compressed it
  allowedDevOrigins: ['127.0.0.1'],
  // Native and Node-only modules stay outside the bundle: one copy in the process.
  serverExternalPackages: ['pg', 'pino', 'prom-client', 'better-auth', 'undici', 'kysely'],
  experimental: {
    // A page is made of several groups of chunks (layouts, error pages, the page itself). With the defaults each group carried its
    // own copy of the same buttons and tips: 14 kB gzipped on every page.
    turbopackChunking: { requestCost: 10_000, minChunkSize: 20_000, maxMergeChunkSize: 20_000 },
  },
  typescript: { ignoreBuildErrors: true }, // `npm run check` runs tsc; building twice as slowly proves nothing more
};

export default config;
