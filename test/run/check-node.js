// Plain JavaScript, so that an old Node can still read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `This runs on Node 24, and ${process.versions.node} was found. \`npm ci\` brings the right one along: run it (again), then start through npm.`,
  )
  process.exit(1)
}
