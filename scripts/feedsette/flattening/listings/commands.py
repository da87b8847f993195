"""Lines that all look like commands of Unix."""

import re

from feedsette.flattening.listings.languages import words

_COMMANDS = words(
    """
    ansible ansible-playbook apk apt apt-get aws az bash brew bun bundle cabal cargo cat cd chmod
    choco chown cmake composer conda cp curl dart deno df dig dnf docker docker-compose du echo env
    export firebase flutter g++ gcc gem gh git go gradle grep gunzip gzip helm heroku hugo java
    javac jekyll journalctl jq kubectl ls lsof make minikube mix mkdir mv mvn nano netlify netstat
    ng node npm npx nvm openssl pacman ping pip pip3 pipenv pipx pnpm podman poetry ps pulumi pwd
    python python3 rails rake rg rm rsync ruby rustc rustup scoop scp sed sh source ssh ssh-keygen
    su sudo systemctl tail tar tee terraform tmux touch ufw unset unzip uv vagrant vercel vi vim
    virtualenv wget which winget wrangler xargs yarn yum
    """
)
_COMMAND = re.compile(r"(?:[A-Z_]+=\S* )*((?:\./)?[a-z][\w.+/-]*)(?= |$)")
_ARGUMENTS = re.compile(r"[a-z][\w.+/-]*(?: [\w./:@=<>\"'$*,~+-]+)*")
_NO_COMMAND = re.compile(
    r"\w[.?!:]$|^\w+ (?:is|are|was|to|=|the|a|an|of|and)\b|[;{]$|^\w+\(|\bin \w+:$|^\w+ func\b"
)


def by_commands(code: str) -> str | None:
    """`bash` if all lines look like commands, and most begin with a known one; else None."""
    known = others = 0
    continued = False
    for line in map(_without_comment, code.splitlines()):
        if not line or continued or line.startswith("#"):
            continued = continued and line.endswith("\\")
            continue
        continued = line.endswith(("\\", "|", "&&"))
        match = _COMMAND.match(line)
        if match is None or _NO_COMMAND.search(line):
            return None
        if match[1] in _COMMANDS or match[1].startswith("./"):
            known += 1
        elif known and _ARGUMENTS.fullmatch(line):
            others += 1
        else:
            return None
    return "bash" if known > others else None


def _without_comment(line: str) -> str:
    return line.partition(" # ")[0].strip()
