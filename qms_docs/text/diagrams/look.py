"""The one look of our charts, as Graphviz is told: measures in points, distances in inches."""

_FONT = 'fontname="QMS Sans"'
GRAPH = (
    f'{_FONT} fontsize=9 fontcolor="#1f4e79" color="#b8c2cc" bgcolor=transparent nodesep=0.25 '
    "pad=0.02"
)
NODE = (
    f'{_FONT} fontsize=9 fontcolor="#1b1f24" shape=box style=filled fillcolor="#f4f7fa" '
    'color="#1f4e79" penwidth=0.75 margin="0.11,0.06" width=0.4 height=0.3'
)
EDGE = f'{_FONT} fontsize=8 fontcolor="#57606a" color="#57606a" penwidth=0.75 arrowsize=0.6'
