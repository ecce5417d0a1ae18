#!/usr/bin/env bash
# Builds a stand-in for AWS's image of the Node.js 24 runtime, under the name that is its first argument. It is for
# `sam local` on a Linux machine that cannot reach a registry: bash build.sh public.ecr.aws/lambda/nodejs:24-x86_64
#
# All of it comes from node_modules and from this machine, so it has this machine's architecture: Node.js 24, AWS's
# runtime interface client with local/environment/process/rapid-client.cjs in place of its compiled addon, and the three programs
# that SAM runs to add its emulator. Unlike AWS's image it has no AWS SDK: the function's bundle must contain what it uses.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../../.."

main() {
  local image=${1:?Expected the name of the image to build}
  lay_out
  # SAM would use again what it has derived from an earlier image of this name.
  docker image rm --force "$image" "${image/:24-/:24-rapid-}" >/dev/null 2>&1 || true
  tar -C "$root" -c . | docker import \
    --change 'ENV PATH=/var/lang/bin:/bin LANG=C.UTF-8 TZ=UTC LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime' \
    --change 'WORKDIR /var/task' - "$image" >/dev/null
  echo "Built $image with Node.js $(docker run --rm "$image" node --version)"
}

# The files of the image, in the folder $root.
lay_out() {
  local program
  mkdir -p "$root"/{bin,opt,tmp,var/{lang/bin,rapid,runtime,task}}
  chmod 1777 "$root/tmp"
  cp "node_modules/node-linux-$(node -p process.arch)/bin/node" "$root/var/lang/bin/"
  cp node_modules/aws-lambda-ric/index.mjs local/environment/process/rapid-client.cjs "$here/bootstrap" "$root/var/runtime/"
  cp --dereference /bin/{sh,mv,chmod} "$root/bin/"
  for program in "$root"/bin/* "$root/var/lang/bin/node"; do
    shared_libraries "$program" | xargs cp --dereference --parents --update --target-directory "$root"
  done
}

# shared_libraries PROGRAM: the path of each, that of the loader among them
shared_libraries() {
  ldd "$1" | grep --only-matching '/[^ ]*'
}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
main "$@"
