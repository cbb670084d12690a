def draw(folder): pass
