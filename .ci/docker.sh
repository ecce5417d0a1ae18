# shellcheck shell=bash
# Provides a Docker daemon and the image for `sam local`. $scratch/docker.env tells the tests where the daemon listens, if
# it is one of ours, and that SAM must not pull the image, if no registry answers.
: "${scratch:?}"

# samconfig.toml names this architecture for `sam local`.
readonly image=public.ecr.aws/lambda/nodejs:24-x86_64
readonly docker_folder=$scratch/docker

# The command of a step.
provide_docker() {
  : >"$scratch/docker.env"
  docker_answers || install_docker || return
  docker_answers || start_docker || return
  provide_image
}

install_docker() {
  command -v dockerd >/dev/null || apt_install docker.io ||
    unavailable 'no Docker daemon answers, and only root on Debian can install one'
}

# All that this daemon keeps is in its folder.
start_docker() {
  mkdir "$docker_folder"
  export DOCKER_HOST=unix://$docker_folder/socket
  dockerd --host "$DOCKER_HOST" --data-root "$docker_folder/data" --exec-root "$docker_folder/run" \
    --pidfile "$docker_folder/pid" >"$docker_folder/log" 2>&1 &
  for _ in {1..60}; do
    if docker_answers; then
      echo "export DOCKER_HOST=$DOCKER_HOST" >>"$scratch/docker.env"
      return
    fi
    kill -0 $! 2>/dev/null || break
    sleep 0.5
  done
  # As in a container that may not start containers.
  stop_docker
  unavailable "dockerd does not start: $(tail -n 1 "$docker_folder/log")"
}

# AWS's own image where a registry answers, or did so before; else a stand-in.
provide_image() {
  if docker pull --quiet --platform linux/amd64 "$image"; then return; fi
  echo 'export SAM_SKIP_PULL_IMAGE=true' >>"$scratch/docker.env"
  if docker image inspect "$image" >/dev/null 2>&1; then return; fi
  echo 'No registry answers: a stand-in takes the place of the image'
  if [[ $(uname -m) != x86_64 ]]; then
    stop_docker
    unavailable "no registry answers, and a stand-in would have this machine's architecture, not x86_64"
    return
  fi
  touch "$scratch/stand-in"
  bash tests/artifact/sam-local-image/build.sh "$image"
}

# Leaves no daemon of ours, and in another daemon no stand-in under the name of AWS's image.
stop_docker() {
  local pid
  if pid=$(cat "$docker_folder/pid" 2>/dev/null); then
    kill "$pid" 2>/dev/null
    for _ in {1..100}; do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
  elif [[ -e $scratch/stand-in ]]; then
    docker image rm --force "$image" "${image/:24-/:24-rapid-}" >/dev/null 2>&1
  fi
  rm -f "$scratch/stand-in"
}

docker_answers() {
  docker version >/dev/null 2>&1
}
