import { makeSecrets } from './settings.ts'

// For deployment: what no one else knows, to be kept in a safe place and given to `wrangler secret bulk`.
const { LOCAL_KEY: _, ...secrets } = makeSecrets()
console.log(JSON.stringify(secrets, null, 2))
